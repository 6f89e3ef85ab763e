/** What becomes of delayed replies when they are due: a comment, or their author's draft. Exactly one of them. */
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
import { sql } from '#platform/sql.ts';

const BATCH_SIZE = 4;

interface Reply {
  account_id: number;
  delayed_reply_id: number;
  ticket_number: number;
}

interface Due extends Reply {
  is_late: boolean;
}

/**
 * Sends due replies, each in its own transaction. Returns whether there may be more. Any number of processes may call
 * it at once: the first to lock the ticket decides. An internal error is retried for a minute.
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
    limit ${BATCH_SIZE}
  `.execute(database.db);
  const sent = await Promise.all(rows.map((due) => sendOrStop(database, due, onError)));
  return rows.length === BATCH_SIZE && sent.every(Boolean);
}

/** Deletes the outcomes of replies after a day. */
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
  const delayed = await claim(tx, due, 'sent');
  if (!delayed) return;
  if (delayed.disabled_at) throw conflict('author_disabled', 'The author of the reply is disabled.');
  if (!delayed.is_key_live)
    throw conflict('author_key_ended', 'The key that it was written with no longer works.');
  const author = authorOf(delayed);
  const comment = await addStaffComment(tx, author, delayed.ticket_number, inputOf(delayed));
  await removeSentDraft(tx, author, comment, delayed.created_at);
}

/** A refusal is reported to the author. Anything else is our error and is retried. */
async function stopRefused(database: Database, due: Due, error: unknown) {
  const isRefused = error instanceof ApiError && error.status < 500;
  if (!isRefused && !due.is_late) throw error;
  await database.transact((tx) => stop(tx, due, isRefused ? error.code : 'not_sent'));
}

/** Returns the reply to its author: replaces the draft it was made of, and is put before a later draft. */
async function stop(tx: Tx, due: Due, reason: string) {
  const delayed = await claim(tx, due, 'stopped');
  if (!delayed) return;
  const { account_id, ticket_number: number, delayed_reply_id, staff_id } = delayed;
  await returnToDraft(tx, delayed);
  await record(tx, system, 'delayed_reply.stopped', {
    account_id,
    number,
    data: { delayed_reply_id, staff_id, reason },
  });
}

interface DelayedReplyRow extends Reply {
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
  /** True without a token: signing out does not stop a reply. */
  is_key_live: boolean;
}

/** Claims the reply; undefined when it is already sent, stopped or cancelled. */
async function claim(tx: Tx, due: Due, outcome: 'sent' | 'stopped'): Promise<DelayedReplyRow | undefined> {
  await lockTicket(tx, system, due.ticket_number);
  const { rows } = await sql<DelayedReplyRow>`
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

const authorOf = ({ staff_id, name, role, token_id }: DelayedReplyRow): StaffActor => ({
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
}: DelayedReplyRow): NewStaffComment => ({
  body,
  internal: is_internal,
  status_key: status_key ?? undefined,
  files: files.length > 0 ? files.map(({ uuid }) => uuid) : undefined,
  mentions,
  last_comment_id: last_comment_id ?? undefined,
});
