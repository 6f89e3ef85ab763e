/** The one place that defines what each state of a ticket implies. The table of states is in docs/api.md. */
import { type Sql, sql } from '#platform/sql.ts';
import type { TicketRow } from './schema.ts';

type StatusKey = 'new' | 'in_progress' | 'await_client' | 'resolved' | 'closed';

/** For the `set` of every update that a client can see: moves the ticket in lists, and changes its ETag. */
export const touched = touchedBy(sql`1`);

/** The same for many changes at once: the version counts each, as events do. */
export function touchedBy(changes: Sql) {
  return sql`updated_at = greatest(now(), updated_at), version = version + ${changes}`;
}

interface Move {
  /** For a closed ticket. Every other state implies it. */
  isResolved?: boolean | 'unchanged';
  closeReason?: string | null;
  /** Staff have just replied: a client who still waits does so from now on. */
  isReply?: boolean;
  /** Only the product has written: the client is as inactive as before. */
  isReminder?: boolean;
}

/** For the `set` of an update that changes the state of a ticket. */
export function movedTo(status: StatusKey, move: Move = {}): Sql {
  const {
    isResolved = status === 'resolved',
    closeReason = null,
    isReply = false,
    isReminder = false,
  } = move;
  const is_resolved = isResolved === 'unchanged' ? sql`is_resolved` : sql`${isResolved}::boolean`;
  return sql`
    status_key = ${status},
    is_closed = ${status === 'closed'},
    closed_at = ${status === 'closed' ? sql`greatest(now(), updated_at)` : sql`null`},
    close_reason = ${closeReason},
    is_resolved = ${is_resolved},
    resolved_at = case when ${is_resolved} then coalesce(resolved_at, now()) end,
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

/** For the `set` of an update that restores earlier states of tickets: those of `earlier`, by so many changes. */
export const restored = (changes: Sql = sql`1`) => sql`
  status_key = earlier.status_key,
  is_closed = earlier.is_closed,
  closed_at = earlier.closed_at,
  close_reason = earlier.close_reason,
  is_resolved = earlier.is_resolved,
  resolved_at = earlier.resolved_at,
  waiting_since = earlier.waiting_since,
  vote = earlier.vote,
  inactive_since = now(),
  ${touchedBy(changes)}
`;

/** SQL for a table `earlier` of these states. */
export const earlierStates = (
  tickets: Array<Pick<TicketRow, 'account_id' | 'number'> & { state: State }>,
) => sql`
  jsonb_to_recordset(
    ${JSON.stringify(tickets.map(({ account_id, number, state }) => ({ ...state, account_id, number })))}
  ) as earlier (
    account_id bigint, number bigint, status_key text, is_closed boolean, closed_at timestamptz, close_reason text,
    is_resolved boolean, resolved_at timestamptz, waiting_since timestamptz, vote jsonb
  )
`;

function waitingSince(status: StatusKey, isReply: boolean) {
  if (status !== 'new' && status !== 'in_progress') return sql`null`;
  return isReply ? sql`now()` : sql`coalesce(waiting_since, now())`;
}
