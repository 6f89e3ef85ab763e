import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { ApiError, conflict, notFound } from '../errors.ts';
import { changeTicketAsStaff } from '../tickets/change.ts';
import { lockTicket } from '../tickets/find.ts';
import { putBack } from '../tickets/put-back.ts';
import type { StaffTicketChange } from '../tickets/schema.ts';
import { markSeen } from '../tickets/see.ts';
import { visibleTo } from '../visible.ts';
import { type Field, type Fields, fieldsOf, lockAll } from './fields.ts';
import { type BulkUndone, fieldNames } from './schema.ts';

/** Takes back what a bulk action did, except what somebody has changed since; once, within 24 hours. */
export async function undoBulk(tx: Tx, actor: StaffActor, bulkId: number): Promise<BulkUndone> {
  await claim(tx, actor, bulkId);
  const done = await listDone(tx, bulkId);
  const mayMove = done.some(({ before }) => before.state !== undefined);
  await lockAll(
    tx,
    done.map(({ number }) => number),
    mayMove,
  );
  const items = [];
  for (const one of done) items.push({ ticket_number: one.number, ...(await takeBack(tx, actor, one)) });
  return { bulk_id: bulkId, items };
}

/** Held before the tickets: whoever holds a ticket never waits for this. */
async function claim(tx: Tx, actor: StaffActor, bulkId: number) {
  const { rows } = await sql<{ is_undone: boolean; is_late: boolean }>`
    select undone_at is not null as is_undone, created_at < now() - interval '24 hours' as is_late
    from bulks
    where bulk_id = ${bulkId} and ${visibleTo.bulks(actor)}
    for update
  `.execute(tx);
  const [bulk] = rows;
  if (!bulk) throw notFound('bulk');
  if (bulk.is_undone) throw conflict('bulk_undone', 'This was undone already.');
  if (bulk.is_late)
    throw conflict('too_late_to_undo', 'It was done more than 24 hours ago and can no longer be undone.');
  await sql`update bulks set undone_at = now() where bulk_id = ${bulkId}`.execute(tx);
}

/** What was done to one ticket: the fields that it changed. */
interface Done {
  number: number;
  before: Partial<Fields>;
  after: Partial<Fields>;
}

async function listDone(db: Db, bulkId: number): Promise<Done[]> {
  const { rows } = await sql<Done>`
    select number, before, after
    from bulk_tickets
    where bulk_id = ${bulkId}
    order by account_id, number
  `.execute(db);
  return rows;
}

/** Which fields were put back, and which stay: somebody has changed them since, or they cannot be as before. */
async function takeBack(tx: Tx, actor: StaffActor, { number, before, after }: Done) {
  const now = fieldsOf(await lockTicket(tx, actor, number));
  const taken_back: Field[] = [];
  const kept: Field[] = [];
  for (const field of fieldNames.filter((name) => name in before)) {
    const isOurs = isDeepStrictEqual(now[field], after[field]);
    const isBack = isOurs && (await set({ tx, actor, number }, field, before));
    (isBack ? taken_back : kept).push(field);
  }
  return { taken_back, kept };
}

interface On {
  tx: Tx;
  actor: StaffActor;
  number: number;
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
  is_staff_read: ({ tx, actor, number }, isSeen) => markSeen(tx, actor, number, isSeen),
  state: ({ tx, actor, number }, state) => putBack(tx, actor, number, state),
};

const change = ({ tx, actor, number }: On, fields: StaffTicketChange) =>
  changeTicketAsStaff(tx, actor, number, fields);
