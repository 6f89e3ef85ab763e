/** Saved filters of the queue: one's own, and those that an admin shares with everybody. */
import { type RawBuilder, sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { type FieldError, forbidden, invalid, notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import { countQueue } from '../queue/queue.ts';
import type { QueueFilter } from '../queue/schema.ts';
import { visibleTo } from '../visible.ts';
import type { NewView, View, ViewChange } from './schema.ts';

const MAX_OWN = 100;

export async function listViews(db: Db, actor: StaffActor): Promise<View[]> {
  const { rows } = await select(db, actor, sql`true`);
  return rows;
}

/** The counts of all views that the actor has, each exact up to 999. */
export async function countViews(db: Db, actor: StaffActor) {
  const counts = [];
  for (const { view_id, filter } of await listViews(db, actor)) {
    counts.push({ view_id, count: await countQueue(db, actor, filter) });
  }
  return counts;
}

/** The query with what its view adds; a field that is given wins over the view's. */
export async function viewedFilter<Q extends QueueFilter & { view_id?: number }>(
  db: Db,
  actor: StaffActor,
  { view_id, ...query }: Q,
): Promise<Omit<Q, 'view_id'>> {
  if (view_id === undefined) return query;
  const { filter, sort } = await findView(db, actor, view_id);
  return { ...filter, sort, ...query };
}

export async function addView(tx: Tx, actor: StaffActor, input: NewView): Promise<View> {
  const { name, filter, sort = '-updated', position = 0, is_shared = false } = input;
  if (is_shared) mayShare(actor);
  await checkFilter(tx, filter);
  const result = await sql<{ view_id: number }>`
    insert into views (staff_id, name, filter, sort, position)
    select ${is_shared ? null : actor.staffId}, ${name}, ${JSON.stringify(filter)}, ${sort}, ${position}
    where (select count(*) from views where staff_id = ${actor.staffId}) < ${MAX_OWN}
    returning view_id
  `.execute(tx);
  if (result.rows.length === 0) {
    throw invalid('too_many_views', `At most ${MAX_OWN} views may be kept. Delete one first.`);
  }
  const { view_id } = onlyRow(result);
  await recordDesk(tx, actor, 'view.added', { view_id, ...input });
  return findView(tx, actor, view_id);
}

export async function changeView(
  tx: Tx,
  actor: StaffActor,
  viewId: number,
  change: ViewChange,
): Promise<View> {
  const before = await findView(tx, actor, viewId);
  if (before.is_shared) mayShare(actor);
  if (change.filter) await checkFilter(tx, change.filter);
  const { name, filter, sort, position } = { ...before, ...change };
  await sql`
    update views
    set name = ${name}, filter = ${JSON.stringify(filter)}, sort = ${sort}, position = ${position}, updated_at = now()
    where view_id = ${viewId}
  `.execute(tx);
  await recordDesk(tx, actor, 'view.changed', { view_id: viewId, before, after: change });
  return findView(tx, actor, viewId);
}

export async function deleteView(tx: Tx, actor: StaffActor, viewId: number): Promise<View> {
  const view = await findView(tx, actor, viewId);
  if (view.is_shared) mayShare(actor);
  await sql`delete from views where view_id = ${viewId}`.execute(tx);
  await recordDesk(tx, actor, 'view.deleted', { view_id: viewId, name: view.name });
  return view;
}

async function findView(db: Db, actor: StaffActor, viewId: number): Promise<View> {
  const { rows } = await select(db, actor, sql`view_id = ${viewId}`);
  if (!rows[0]) throw notFound('view');
  return rows[0];
}

const select = (db: Db, actor: StaffActor, condition: RawBuilder<unknown>) =>
  sql<View>`
    select view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at
    from views
    where ${condition} and ${visibleTo.views(actor)}
    order by position, view_id
  `.execute(db);

function mayShare({ role }: StaffActor) {
  if (role !== 'admin') throw forbidden('A view that all staff share is for staff with the role admin.');
}

/** What a filter names must exist when it is saved; a topic that is archived later stays in it. */
async function checkFilter(db: Db, filter: QueueFilter) {
  const { rows } = await sql<FieldError>`
    select '/filter/topic_key' as pointer, '"' || key || '" is not the key of a topic' as detail
    from unnest(${idsIn(filter.topic_key)}::text[]) as key
    where key not in (select key from topics)
    union all
    select '/filter/assignee_id', id || ' is not the id of a staff member'
    from unnest(${idsIn(filter.assignee_id)}::bigint[]) as id
    where id not in (select staff_id from staff)
    union all
    select '/filter/account_id', id || ' is not the id of an account'
    from unnest(${filter.account_id === undefined ? [] : [filter.account_id]}::bigint[]) as id
    where id not in (select account_id from accounts)
  `.execute(db);
  if (rows.length > 0) throw invalid('invalid_filter', 'The filter names what is not there.', rows);
}

/** Without the words that stand for no id. */
const idsIn = (list = '') => list.split(',').filter((id) => id !== '' && id !== 'none' && id !== 'me');
