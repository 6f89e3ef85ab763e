/** The counts of the queues that every member has, and of the topics: what a sidebar shows, in one request. */
import type { StaffActor } from '#actor.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { countEach } from './queue.ts';
import { queues } from './schema.ts';

/** Limits the counts of one request. */
const MAX_TOPICS = 200;

type QueueName = keyof typeof queues;
const names = Object.keys(queues) as QueueName[]; // the keys of this very object

export async function countQueues(db: Db, actor: StaffActor) {
  const topics = [...(await listTopics(db)), { key: null, is_archived: false }];
  const ofTopics = topics.map(({ key }) => ({ topic_key: key ?? 'none', is_closed: false }));
  const counts = await countEach(db, actor, [...names.map((name) => queues[name]), ...ofTopics]);
  const byName = Object.fromEntries(names.map((name, i) => [name, counts[i]]));
  const byTopic = topics.map((topic, i) => ({ ...topic, count: counts[names.length + i] ?? 0 }));
  return {
    queues: byName as Record<QueueName, number>, // one for each name
    topics: byTopic
      .filter(({ is_archived, count }) => !is_archived || count > 0)
      .map(({ key, count }) => ({ topic_key: key, count })),
  };
}

/** Those that are not archived come first. */
async function listTopics(db: Db) {
  const { rows } = await sql<{ key: string; is_archived: boolean }>`
    select key, archived_at is not null as is_archived
    from topics
    order by archived_at is not null, position, key
    limit ${sql.lit(MAX_TOPICS)}
  `.execute(db);
  return rows;
}
