import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { cancelUnsent } from '#desk/delayed-replies/schedule.ts';
import { changeTicketAsStaff } from '#desk/tickets/change.ts';
import { reindexSummary } from '#desk/tickets/change-summary.ts';
import { findTicket, lockTicket } from '#desk/tickets/find.ts';
import { markStaffRead } from '#desk/tickets/mark-staff-read.ts';
import { restore } from '#desk/tickets/restore.ts';
import type { StaffTicketChange } from '#desk/tickets/schema.ts';
import { snoozeTicket, unsnoozeTicket } from '#desk/tickets/snooze.ts';
import { unmergeOneOfMany } from '#desk/tickets/unmerge.ts';
import { ApiError, conflict, notFound } from '#errors.ts';
import { dayAgo } from '#platform/day.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { visibleTo } from '#visible.ts';
import { type Field, type Fields, fieldsOf, lockAll } from './fields.ts';
import type { SentReply } from './perform.ts';
import { type BulkUndone, fieldNames } from './schema.ts';

/**
 * Takes back what a bulk request did, except what somebody has changed since and replies that were sent; once, within 24
 * hours. The last merge comes first.
 */
export async function undoBulk(tx: Tx, actor: StaffActor, bulkId: number): Promise<BulkUndone> {
  await claim(tx, actor, bulkId);
  const done = await listDone(tx, bulkId);
  const mayMove = done.some(({ before }) => before.state !== undefined);
  const numbers = done.map(({ number }) => number);
  await lockAll(tx, [...numbers, ...(await listMergedWith(tx, done))], mayMove);
  const places = new Set<number>();
  const items = [];
  for (const one of done.toReversed()) {
    items.push({ ticket_number: one.number, ...(await takeBack({ tx, actor, places }, one)) });
  }
  for (const place of places) await reindexSummary(tx, await findTicket(tx, actor, place));
  return { bulk_id: bulkId, items: items.reverse() };
}

/** Held before the tickets: whoever holds a ticket never waits for this. */
async function claim(tx: Tx, actor: StaffActor, bulkId: number) {
  const { rows } = await sql<{ is_undone: boolean; is_late: boolean }>`
    select undone_at is not null as is_undone, created_at < ${dayAgo} as is_late
    from bulks
    where bulk_id = ${bulkId} and ${visibleTo.bulks(actor)}
    for update
  `.execute(tx);
  const [bulk] = rows;
  if (!bulk) throw notFound('bulk');
  if (bulk.is_undone) throw conflict('bulk_undone', 'This bulk action is already undone.');
  if (bulk.is_late)
    throw conflict('too_late_to_undo', 'It was done more than 24 hours ago and can no longer be undone.');
  await sql`update bulks set undone_at = now() where bulk_id = ${bulkId}`.execute(tx);
}

/** What was done to one ticket: the fields that it changed, and the reply. */
interface Done {
  account_id: number;
  number: number;
  before: Partial<Fields>;
  after: Partial<Fields> & { reply?: SentReply };
}

async function listDone(db: Db, bulkId: number): Promise<Done[]> {
  const { rows } = await sql<Done>`
    select account_id, number, before, after
    from bulk_tickets
    where bulk_id = ${bulkId}
    order by account_id, number
  `.execute(db);
  return rows;
}

/** The targets of merges that were done, and what else was merged into these: undoing locks all of it. */
async function listMergedWith(db: Db, done: Done[]): Promise<number[]> {
  const targets = done.flatMap(({ after }) => after.state?.merged_into_ticket_number ?? []);
  if (targets.length === 0) return [];
  const { rows } = await sql<{ number: number }>`
    select number
    from tickets
    where account_id = any(${done.map(({ account_id }) => account_id)}::bigint[])
      and merged_into_ticket_number = any(${targets}::bigint[])
  `.execute(db);
  return [...new Set([...targets, ...rows.map(({ number }) => number)])];
}

interface Undoing {
  tx: Tx;
  actor: StaffActor;
  /** Tickets whose search words are to be renewed. */
  places: Set<number>;
}

/** Which fields were put back, and which stay: somebody has changed them since, or they cannot be as before. */
async function takeBack(undoing: Undoing, { account_id, number, before, after }: Done) {
  const { tx, actor } = undoing;
  const now = fieldsOf(await lockTicket(tx, actor, number));
  const taken_back: Array<Field | 'reply'> = [];
  const kept: Array<Field | 'reply'> = [];
  const { reply, ...fields } = after;
  if (reply) ((await isUnsent(undoing, account_id, reply)) ? taken_back : kept).push('reply');
  for (const field of fieldNames.filter((name) => name in before)) {
    const isOurs = isDeepStrictEqual(now[field], fields[field]);
    const isMerged = typeof fields.state?.merged_into_ticket_number === 'number';
    const isBack = isOurs && (await set({ ...undoing, number, isMerged }, field, before));
    (isBack ? taken_back : kept).push(field);
  }
  return { taken_back, kept };
}

/** Cancels a reply that still waits to be sent. */
async function isUnsent({ tx, actor }: Undoing, accountId: number, { delayed_reply_id }: SentReply) {
  return delayed_reply_id !== undefined && cancelUnsent(tx, actor, accountId, delayed_reply_id);
}

interface On extends Undoing {
  number: number;
  isMerged: boolean;
}

/** False when the field can no longer have this value, as when a topic was archived or a staff member disabled. */
async function set<F extends Field>(on: On, field: F, values: Partial<Fields>): Promise<boolean> {
  try {
    await setters[field](on, values[field] as Fields[F]); // it is one of those that were kept
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

const setters: { [F in Field]: (on: On, value: Fields[F]) => Promise<unknown> } = {
  assignee_id: (on, assignee_id) => change(on, { assignee_id }),
  priority: (on, priority) => change(on, { priority }),
  topic_key: (on, topic_key) => change(on, { topic_key }),
  tags: (on, tags) => change(on, { tags }),
  is_staff_read: ({ tx, actor, number }, isSeen) => markStaffRead(tx, actor, number, isSeen),
  state: async ({ tx, actor, number, isMerged, places }, state) =>
    isMerged ? places.add(await unmergeOneOfMany(tx, actor, number)) : restore(tx, actor, number, state),
  snooze: ({ tx, actor, number }, { is_snoozed, snoozed_until: until }) =>
    is_snoozed
      ? snoozeTicket(tx, actor, number, until ? { until } : { until_reply: true })
      : unsnoozeTicket(tx, actor, number),
};

const change = ({ tx, actor, number }: On, fields: StaffTicketChange) =>
  changeTicketAsStaff(tx, actor, number, fields);
