/** Saved filters of the queue: one's own, and those that an admin shares with everybody. */
import { isAdmin, type StaffActor } from '#actor.ts';
import { countEach } from '#desk/queue/queue.ts';
import type { QueueFilter } from '#desk/queue/schema.ts';
import { type FieldError, forbidden, invalid, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { splitList } from '#platform/db/equals-any.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import type { NewView, View, ViewChange } from './schema.ts';

const MAX_VIEWS = 100; // per member, and for all shared ones
const columns = sql.raw(`
  view_id, name, staff_id is null as is_shared, filter, sort, position, created_at, updated_at
`);

export async function listViews(db: Db, actor: StaffActor): Promise<View[]> {
  const { rows } = await sql<View>`
    select ${columns}
    from views
    where ${visibleTo.views(actor)}
    order by position, view_id
  `.execute(db);
  return rows;
}

/** The counts of all views of the actor, each exact up to 999. */
export async function countViews(db: Db, actor: StaffActor) {
  const views = await listViews(db, actor);
  const counts = await countEach(
    db,
    actor,
    views.map(({ filter }) => filter),
  );
  return views.map(({ view_id }, i) => ({ view_id, count: counts[i] ?? 0 }));
}

/** The query combined with its view. A field of the query overrides the view's. */
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
  if (is_shared) refuseSharing(actor);
  await checkFilter(tx, filter);
  const owner = is_shared ? null : actor.staffId;
  const { rows } = await sql<View>`
    insert into views (staff_id, name, filter, sort, position)
    select ${owner}::bigint, ${name}, ${JSON.stringify(filter)}, ${sort}, ${position}
    where (select count(*) from views where staff_id is not distinct from ${owner}::bigint) < ${MAX_VIEWS}
    returning ${columns}
  `.execute(tx);
  const [view] = rows;
  if (!view) throw invalid('too_many_views', `At most ${MAX_VIEWS} views can be saved. Delete one first.`);
  await record(tx, actor, 'view.added', { data: view });
  return view;
}

export async function changeView(
  tx: Tx,
  actor: StaffActor,
  viewId: number,
  change: ViewChange,
): Promise<View> {
  const before = await lockView(tx, actor, viewId);
  if (change.filter) await checkFilter(tx, change.filter);
  const { name, filter, sort, position } = { ...before, ...change };
  const result = await sql<View>`
    update views
    set name = ${name}, filter = ${JSON.stringify(filter)}, sort = ${sort}, position = ${position}, updated_at = now()
    where view_id = ${viewId}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  await record(tx, actor, 'view.changed', { data: { view_id: viewId, before, after } });
  return after;
}

export async function deleteView(tx: Tx, actor: StaffActor, viewId: number): Promise<View> {
  const view = await lockView(tx, actor, viewId);
  await sql`delete from views where view_id = ${viewId}`.execute(tx);
  await record(tx, actor, 'view.deleted', { data: { before: view } });
  return view;
}

/** Lets the views that filter by a tag follow its new name. */
export async function renameTagInViews(tx: Tx, before: string, after: string) {
  await sql`
    update views
    set filter = jsonb_set(filter, '{tag}', to_jsonb(${after}::text)), updated_at = now()
    where lower(btrim(filter ->> 'tag')) = ${before}
  `.execute(tx);
}

/** A view that the actor may change, locked until the commit. */
async function lockView(tx: Tx, actor: StaffActor, viewId: number): Promise<View> {
  const view = await findView(tx, actor, viewId, sql`for update`);
  if (view.is_shared) refuseSharing(actor);
  return view;
}

async function findView(db: Db, actor: StaffActor, viewId: number, lock = sql``): Promise<View> {
  const { rows } = await sql<View>`
    select ${columns}
    from views
    where view_id = ${viewId} and ${visibleTo.views(actor)}
    ${lock}
  `.execute(db);
  if (!rows[0]) throw notFound('view');
  return rows[0];
}

/** Throws unless the actor is an admin. */
function refuseSharing(actor: StaffActor) {
  if (!isAdmin(actor)) throw forbidden('Only admins can add, change or delete a shared view.');
}

/** What a filter names must exist when it is saved. A topic that is archived later stays in it. */
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
    from unnest(${idsIn(filter.account_id)}::bigint[]) as id
    where id not in (select account_id from accounts)
  `.execute(db);
  if (rows.length > 0)
    throw invalid('invalid_filter', 'The filter refers to something that does not exist: see errors.', rows);
}

/** Without `none` and `me`, which are not ids. */
const idsIn = (list: string | number = '') =>
  splitList(list).filter((id) => id !== '' && id !== 'none' && id !== 'me');
