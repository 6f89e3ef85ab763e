/** What becomes of delayed replies when their time has come: a comment, or their author's draft. Never both, never neither. */
import { sql } from 'kysely';
import { type Role, type StaffActor, system } from '#actor.ts';
import { removeSentDraft, returnToDraft } from '#desk/drafts/drafts.ts';
import type { FileRow } from '#desk/files/schema.ts';
import { addStaffComment } from '#desk/tickets/comments/add.ts';
import type { NewStaffComment } from '#desk/tickets/comments/schema.ts';
import { lockTicket } from '#desk/tickets/find.ts';
import { ApiError, conflict } from '#errors.ts';
import { isLiveToken } from '#people/tokens/bearer.ts';
import { dayAgo } from '#platform/day.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';

const AT_ONCE = 4;

interface Reply {
  account_id: number;
  delayed_reply_id: number;
  ticket_number: number;
}

interface Due extends Reply {
  is_late: boolean;
}

/**
 * Sends what is due, each in a transaction of its own; returns whether there may be more. Any number of processes may do
 * it at once: who has the ticket's lock first decides. One that fails for a fault of ours is retried, for a minute.
 */
export async function sendDueReplies(
  database: Database,
  onError: (error: unknown) => void,
): Promise<boolean> {
  const { rows } = await sql<Due>`
    select account_id, delayed_reply_id, ticket_number, send_at < now() - interval '1 minute' as is_late
    from delayed_replies
    where outcome is null and send_at <= now()
    order by send_at
    limit ${AT_ONCE}
  `.execute(database.db);
  const sent = await Promise.all(rows.map((due) => sendOrStop(database, due, onError)));
  return rows.length === AT_ONCE && sent.every(Boolean);
}

/** Forgets what became of replies a day ago. */
export async function sweepDelayedReplies(db: Db) {
  await sql`
    delete from delayed_replies
    where outcome is not null and send_at <= ${dayAgo}
  `.execute(db);
}

async function sendOrStop(database: Database, due: Due, onError: (error: unknown) => void): Promise<boolean> {
  try {
    await database.transact((tx) => send(tx, due)).catch((error) => stopRefused(database, due, error));
    return true;
  } catch (error) {
    onError(error);
    return false;
  }
}

async function send(tx: Tx, due: Due) {
  const held = await takeOnce(tx, due, 'sent');
  if (!held) return;
  if (held.disabled_at) throw conflict('author_disabled', 'The author of the reply is disabled.');
  if (!held.is_key_live)
    throw conflict('author_key_ended', 'The key that it was written with no longer works.');
  const author = authorOf(held);
  const comment = await addStaffComment(tx, author, held.ticket_number, inputOf(held));
  await removeSentDraft(tx, author, comment, held.created_at);
}

/** A refusal is for the author to read; anything else is ours to try again. */
async function stopRefused(database: Database, due: Due, error: unknown) {
  const isRefused = error instanceof ApiError && error.status < 500;
  if (!isRefused && !due.is_late) throw error;
  await database.transact((tx) => stop(tx, due, isRefused ? error.code : 'not_sent'));
}

/** Gives the reply back to its author: it replaces the draft that it was made of, and comes before a later one. */
async function stop(tx: Tx, due: Due, reason: string) {
  const held = await takeOnce(tx, due, 'stopped');
  if (!held) return;
  const { account_id, ticket_number: number, delayed_reply_id, staff_id } = held;
  await returnToDraft(tx, held);
  await record(tx, system, 'delayed_reply.stopped', {
    account_id,
    number,
    data: { delayed_reply_id, staff_id, reason },
  });
}

interface Held extends Reply {
  staff_id: number;
  token_id: number | null;
  body: string;
  is_internal: boolean;
  status_key: NonNullable<NewStaffComment['status_key']> | null;
  files: FileRow[];
  mentions: number[];
  last_comment_id: number | null;
  created_at: string;
  name: string;
  role: Role;
  disabled_at: string | null;
  /** True without a key: whoever signs out has still written it. */
  is_key_live: boolean;
}

/** The reply, for whoever comes first; undefined when it is sent, stopped or cancelled already. */
async function takeOnce(tx: Tx, due: Due, outcome: 'sent' | 'stopped'): Promise<Held | undefined> {
  await lockTicket(tx, system, due.ticket_number);
  const { rows } = await sql<Held>`
    with taken as (
      update delayed_replies
      set outcome = ${outcome}
      where account_id = ${due.account_id} and delayed_reply_id = ${due.delayed_reply_id} and outcome is null
      returning *
    )
    select taken.*, staff.name, staff.role, staff.disabled_at,
      taken.token_id is null or exists (
        select
        from tokens
        where tokens.token_id = taken.token_id
          and ${isLiveToken}
          and (tokens.scopes is null or 'tickets:write' = any(tokens.scopes))
      ) as is_key_live
    from taken
    join staff using (staff_id)
  `.execute(tx);
  return rows[0];
}

const authorOf = ({ staff_id, name, role, token_id }: Held): StaffActor => ({
  kind: 'staff',
  staffId: staff_id,
  name,
  role,
  tokenId: token_id,
  sessionId: null,
});

const inputOf = ({
  body,
  is_internal,
  status_key,
  files,
  mentions,
  last_comment_id,
}: Held): NewStaffComment => ({
  body,
  internal: is_internal,
  status_key: status_key ?? undefined,
  files: files.length > 0 ? files.map(({ uuid }) => uuid) : undefined,
  mentions,
  last_comment_id: last_comment_id ?? undefined,
});
