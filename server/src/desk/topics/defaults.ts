/** Topics of a hosting provider, for an instance without topics. */
import { system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { addTopic } from './topics.ts';

const defaultTopics = [
  { key: 'servers', name: { en: 'Servers', ru: 'Серверы' } },
  { key: 'network', name: { en: 'Network', ru: 'Сеть' } },
  { key: 'databases', name: { en: 'Databases', ru: 'Базы данных' } },
  { key: 'domains', name: { en: 'Domains', ru: 'Домены' } },
  { key: 'dns', name: { en: 'DNS', ru: 'DNS' } },
  { key: 'mail', name: { en: 'Mail', ru: 'Почта' } },
  { key: 'billing', name: { en: 'Billing and documents', ru: 'Оплата и документы' } },
  { key: 'abuse', name: { en: 'Abuse', ru: 'Жалобы' } },
  { key: 'other', name: { en: 'Other', ru: 'Другое' } },
];

const TOPICS_LOCK = 7_263_356; // advisory lock: of servers that start at once, one adds the topics

/**
 * Adds the default topics where there has never been a topic or a ticket. A topic is never deleted, so an admin who
 * archives them all does not get them again.
 */
export async function addDefaultTopics(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TOPICS_LOCK})`.execute(tx);
  const { rows } = await sql`
    select
    where not exists (select from topics) and not exists (select from tickets)
  `.execute(tx);
  if (rows.length === 0) return;
  for (const [position, topic] of defaultTopics.entries()) await addTopic(tx, system, { ...topic, position });
}
