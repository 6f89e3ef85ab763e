/** Topics of tickets, and the names of their states: data that an admin edits. */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import type { LocalName } from '../db/schema.ts';
import { notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import type { NewTopic, TopicChange } from './schema.ts';

/** Topics that a new ticket may have, in their order. */
export async function listTopics(db: Db) {
  return selectTopics(db).where('archived_at', 'is', null).execute();
}

export async function listAllTopics(db: Db) {
  return selectTopics(db).execute();
}

/** Adds a topic; a 409 when the key is taken. */
export async function addTopic(tx: Tx, actor: Actor, { key, name, position }: NewTopic) {
  await tx
    .insertInto('topics')
    .values({ key, name: JSON.stringify(name), position })
    .execute();
  await recordDesk(tx, actor, 'topic.added', { key, name });
  return findTopic(tx, key);
}

/** A topic is never deleted: archived, it stays on its tickets and takes no new ones. */
export async function changeTopic(
  tx: Tx,
  actor: Actor,
  key: string,
  { name, position, is_archived }: TopicChange,
) {
  const before = await findTopic(tx, key);
  await tx
    .updateTable('topics')
    .set({
      name: JSON.stringify(name ?? before.name),
      position: position ?? before.position,
      archived_at: is_archived === undefined ? before.archived_at : is_archived ? sql<string>`now()` : null,
    })
    .where('key', '=', key)
    .execute();
  const after = await findTopic(tx, key);
  await recordDesk(tx, actor, 'topic.changed', { key, before, after });
  return after;
}

export async function listStatuses(db: Db) {
  return db.selectFrom('statuses').select(['key', 'name']).orderBy('position').execute();
}

export async function renameStatus(tx: Tx, actor: Actor, key: string, name: LocalName) {
  const before = (await listStatuses(tx)).find((status) => status.key === key);
  if (!before) throw notFound('status');
  await tx
    .updateTable('statuses')
    .set({ name: JSON.stringify(name) })
    .where('key', '=', key)
    .execute();
  await recordDesk(tx, actor, 'status.changed', { key, before: before.name, after: name });
  return { key, name };
}

async function findTopic(db: Db, key: string) {
  const topic = await selectTopics(db).where('key', '=', key).executeTakeFirst();
  if (!topic) throw notFound('topic');
  return topic;
}

const selectTopics = (db: Db) =>
  db
    .selectFrom('topics')
    .select(['key', 'name', 'position', 'archived_at'])
    .orderBy('position')
    .orderBy('key');
