/** Topics of tickets, and the names of their states, which admins can edit. */
import type { Actor } from '#actor.ts';
import { unknownTopic } from '#desk/tickets/open.ts';
import { invalid, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { orDefault } from '#platform/db/or-default.ts';
import { record } from '#platform/events/events.ts';
import { skipPastEvents } from '#platform/events/following.ts';
import type { LocalizedName } from '#platform/locales.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { NewTopic, StaffTopic, Status, TopicChange } from './schema.ts';

/** The topics for new tickets, in order. */
export async function listTopics(db: Db) {
  return (await selectTopics(db, sql`archived_at is null`)).rows;
}

export async function listAllTopics(db: Db) {
  return (await selectTopics(db, sql`true`)).rows;
}

/** Adds a topic. Throws a 409 when the key is taken. */
export async function addTopic(tx: Tx, actor: Actor, { key, name, position, assignee_ids }: NewTopic) {
  if (assignee_ids) await prepareGroup(tx, assignee_ids);
  await sql`
    insert into topics (key, name, position, assignee_ids)
    values (${key}, ${JSON.stringify(name)}, ${orDefault(position)}, ${orDefault(assignee_ids)})
  `.execute(tx);
  await record(tx, actor, 'topic.added', { data: { key, name, assignee_ids } });
  return findTopic(tx, key);
}

/** A topic is never deleted: once archived, it stays on its tickets and is not used for new ones. */
export async function changeTopic(
  tx: Tx,
  actor: Actor,
  key: string,
  { name, position, is_archived, assignee_ids }: TopicChange,
) {
  const before = await findTopic(tx, key, { isHeld: true });
  if (assignee_ids) await prepareGroup(tx, assignee_ids);
  const isArchived = is_archived ?? before.archived_at !== null;
  await sql`
    update topics
    set name = ${JSON.stringify(name ?? before.name)},
        position = ${position ?? before.position},
        assignee_ids = ${assignee_ids ?? before.assignee_ids},
        archived_at = case when ${isArchived} then coalesce(archived_at, now()) end
    where key = ${key}
  `.execute(tx);
  const after = await findTopic(tx, key);
  await record(tx, actor, 'topic.changed', { data: { key, before, after } });
  return after;
}

export async function listStatuses(db: Db) {
  const { rows } = await sql<Status>`select key, name from statuses order by position`.execute(db);
  return rows;
}

export async function renameStatus(tx: Tx, actor: Actor, key: string, name: LocalizedName) {
  const before = (await listStatuses(tx)).find((status) => status.key === key);
  if (!before) throw notFound('status');
  await sql`update statuses set name = ${JSON.stringify(name)} where key = ${key}`.execute(tx);
  await record(tx, actor, 'status.changed', { data: { key, before: before.name, after: name } });
  return { key, name };
}

/** Throws a 400 for an unknown key; null stands for any topic. */
export async function checkTopic(db: Db, key: string | null) {
  if (key === null) return;
  const { rows } = await sql`select from topics where key = ${key}`.execute(db);
  if (rows.length === 0) throw unknownTopic();
}

/** The follower that assigns new tickets. */
export const ASSIGNMENT = 'assignment';

/** Whether new tickets of any topic are assigned automatically. */
export async function hasGroups(db: Db): Promise<boolean> {
  const { rows } = await sql`select from topics where assignee_ids <> '{}' limit 1`.execute(db);
  return rows.length > 0;
}

/** Refuses members who cannot be assigned. The first group starts at the present, without earlier tickets. */
async function prepareGroup(tx: Tx, staffIds: number[]) {
  const { rows } = await sql<{ place: number }>`
    select place - 1 as place
    from unnest(${staffIds}::bigint[]) with ordinality as wanted (staff_id, place)
    where not exists (
      select
      from staff
      where staff.staff_id = wanted.staff_id and disabled_at is null
    )
  `.execute(tx);
  if (rows.length > 0) {
    const errors = rows.map(({ place }) => ({
      pointer: `/assignee_ids/${place}`,
      detail: 'is not the id of a staff member who can be assigned',
    }));
    throw invalid('unknown_assignee', 'Not all of these are staff members who can be assigned.', errors);
  }
  if (staffIds.length > 0 && !(await hasGroups(tx))) await skipPastEvents(tx, ASSIGNMENT);
}

/** `isHeld`: locked until the commit. */
async function findTopic(db: Db, key: string, { isHeld = false } = {}) {
  const { rows } = await selectTopics(db, sql`key = ${key}`, isHeld ? sql`for update` : sql``);
  const [topic] = rows;
  if (!topic) throw notFound('topic');
  return topic;
}

const selectTopics = (db: Db, condition: Sql, lock = sql``) =>
  sql<StaffTopic>`
    select key, name, position, archived_at, assignee_ids
    from topics
    where ${condition}
    order by position, key
    ${lock}
  `.execute(db);
