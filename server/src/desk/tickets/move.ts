/** The one place that defines what each state of a ticket implies. The table of states is in docs/api.md. */
import { type RawBuilder, sql } from 'kysely';
import type { TicketRow } from './schema.ts';

type StatusKey = 'new' | 'in_progress' | 'await_client' | 'resolved' | 'closed';

/** For the `set` of every update that a client can see: moves the ticket in lists, and changes its ETag. */
export const touched = sql.raw('updated_at = greatest(now(), updated_at), version = version + 1');

interface Move {
  /** For a closed ticket. Every other state implies it. */
  isResolved?: boolean;
  closeReason?: string | null;
  /** Staff have just replied: a client who still waits does so from now on. */
  isReply?: boolean;
  /** Only the product has written: the client is as inactive as before. */
  isReminder?: boolean;
}

/** For the `set` of an update that changes the state of a ticket. */
export function movedTo(status: StatusKey, move: Move = {}): RawBuilder<unknown> {
  const {
    isResolved = status === 'resolved',
    closeReason = null,
    isReply = false,
    isReminder = false,
  } = move;
  return sql`
    status_key = ${status},
    is_closed = ${status === 'closed'},
    closed_at = ${status === 'closed' ? sql`greatest(now(), updated_at)` : sql`null`},
    close_reason = ${closeReason},
    is_resolved = ${isResolved},
    resolved_at = ${isResolved ? sql`coalesce(resolved_at, now())` : sql`null`},
    waiting_since = ${waitingSince(status, isReply)},
    inactive_since = ${isReminder ? sql`inactive_since` : sql`now()`},
    ${touched}
  `;
}

/** All columns of a state. */
export type State = Pick<
  TicketRow,
  | 'status_key'
  | 'is_closed'
  | 'closed_at'
  | 'close_reason'
  | 'is_resolved'
  | 'resolved_at'
  | 'waiting_since'
  | 'vote'
>;

export function stateOf(ticket: TicketRow): State {
  const { status_key, is_closed, closed_at, close_reason, is_resolved, resolved_at, waiting_since, vote } =
    ticket;
  return { status_key, is_closed, closed_at, close_reason, is_resolved, resolved_at, waiting_since, vote };
}

/** For the `set` of an update that restores an earlier state of a ticket. */
export function restoredTo(state: State): RawBuilder<unknown> {
  return sql`
    status_key = ${state.status_key},
    is_closed = ${state.is_closed},
    closed_at = ${state.closed_at},
    close_reason = ${state.close_reason},
    is_resolved = ${state.is_resolved},
    resolved_at = ${state.resolved_at},
    waiting_since = ${state.waiting_since},
    vote = ${state.vote === null ? null : JSON.stringify(state.vote)},
    inactive_since = now(),
    ${touched}
  `;
}

function waitingSince(status: StatusKey, isReply: boolean) {
  if (status !== 'new' && status !== 'in_progress') return sql`null`;
  return isReply ? sql`now()` : sql`coalesce(waiting_since, now())`;
}
