/** SLA policies by topic and priority. The most specific policy applies. */
import type { Actor } from '#actor.ts';
import { checkTopic } from '#desk/topics/topics.ts';
import { invalid, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { skipPastEvents } from '#platform/events/following.ts';
import { sql } from '#platform/sql.ts';
import { recountAll, SLA } from './recount-all.ts';
import type { NewSlaPolicy, SlaPolicy, SlaPolicyChange } from './schema.ts';

const columns = sql.raw(`
  sla_policy_id, topic_key, priority, calendar_id, first_response_minutes, resolution_minutes, created_at, updated_at
`);

export async function listPolicies(db: Db): Promise<SlaPolicy[]> {
  const { rows } = await sql<SlaPolicy>`
    select ${columns}
    from sla_policies
    order by topic_key nulls last, priority nulls last
  `.execute(db);
  return rows;
}

/** The policy for topic and priority; else for the topic; else for the priority; else the general one. */
export function policyFor<P extends Pick<SlaPolicy, 'topic_key' | 'priority'>>(
  policies: P[],
  { topic_key, priority }: { topic_key: string | null; priority: string },
): P | undefined {
  const of = (topic: string | null, urgency: string | null) =>
    policies.find((policy) => policy.topic_key === topic && policy.priority === urgency);
  const ofTopic = topic_key === null ? undefined : (of(topic_key, priority) ?? of(topic_key, null));
  return ofTopic ?? of(null, priority) ?? of(null, null);
}

/** Throws a 409 when there is one for this topic and priority. Open tickets are recounted. */
export async function addPolicy(tx: Tx, actor: Actor, input: NewSlaPolicy): Promise<SlaPolicy> {
  const { topic_key = null, priority = null, calendar_id = null } = input;
  const { first_response_minutes = null, resolution_minutes = null } = input;
  await checkTopic(tx, topic_key);
  await checkCalendar(tx, calendar_id);
  const isFirst = (await listPolicies(tx)).length === 0;
  const result = await sql<SlaPolicy>`
    insert into sla_policies (topic_key, priority, calendar_id, first_response_minutes, resolution_minutes)
    values (${topic_key}, ${priority}, ${calendar_id}, ${first_response_minutes}, ${resolution_minutes})
    returning ${columns}
  `.execute(tx);
  const policy = oneRow(result);
  if (isFirst) await skipPastEvents(tx, SLA); // the full recount covers all open tickets
  await recountAll(tx);
  await record(tx, actor, 'sla_policy.added', { data: policy });
  return policy;
}

export async function changePolicy(
  tx: Tx,
  actor: Actor,
  policyId: number,
  change: SlaPolicyChange,
): Promise<SlaPolicy> {
  const before = await lockPolicy(tx, policyId);
  if (change.calendar_id) await checkCalendar(tx, change.calendar_id);
  const { calendar_id, first_response_minutes, resolution_minutes } = { ...before, ...change };
  const result = await sql<SlaPolicy>`
    update sla_policies
    set calendar_id = ${calendar_id}, first_response_minutes = ${first_response_minutes},
        resolution_minutes = ${resolution_minutes}, updated_at = now()
    where sla_policy_id = ${policyId}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  await recountAll(tx);
  await record(tx, actor, 'sla_policy.changed', { data: { sla_policy_id: policyId, before, after } });
  return after;
}

export async function deletePolicy(tx: Tx, actor: Actor, policyId: number): Promise<SlaPolicy> {
  const policy = await lockPolicy(tx, policyId);
  await sql`delete from sla_policies where sla_policy_id = ${policyId}`.execute(tx);
  await recountAll(tx);
  await record(tx, actor, 'sla_policy.deleted', { data: { before: policy } });
  return policy;
}

/** Locked until the commit. */
async function lockPolicy(tx: Tx, policyId: number): Promise<SlaPolicy> {
  const { rows } = await sql<SlaPolicy>`
    select ${columns}
    from sla_policies
    where sla_policy_id = ${policyId}
    for update
  `.execute(tx);
  if (!rows[0]) throw notFound('sla policy');
  return rows[0];
}

async function checkCalendar(db: Db, calendarId: number | null) {
  if (calendarId === null) return;
  const { rows } = await sql`select from calendars where calendar_id = ${calendarId}`.execute(db);
  if (rows.length === 0) {
    throw invalid('unknown_calendar', 'There is no such calendar.', [
      { pointer: '/calendar_id', detail: 'is not the id of a calendar' },
    ]);
  }
}
