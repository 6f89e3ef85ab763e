/** Known incidents: what the host announces to all clients while it lasts. */
import type { Actor } from '#actor.ts';
import { unknownTopic } from '#desk/tickets/open.ts';
import { invalid, notFound } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Incident, IncidentChange, NewIncident } from './schema.ts';

/** Tells the processes with open streams that an incident is new or has changed. */
export const INCIDENTS_CHANNEL = 'paneldesk_incidents';

const MAX_OPEN = 10;
const LISTED = 100;
const OPEN_LOCK = 7_263_357; // advisory lock: incidents are opened one at a time, so that they can be counted

/** What clients are told of, newest first. */
export async function listOpenIncidents(db: Db) {
  return (await selectIncidents(db, sql`ended_at is null`)).rows;
}

/** All of them, newest first, a page at a time. */
export async function listIncidents(db: Db, before: number | undefined) {
  return (await selectIncidents(db, before ? sql`incident_id < ${before}` : sql`true`)).rows;
}

/** Throws a 400 when too many are open. */
export async function publishIncident(
  tx: Tx,
  actor: Actor,
  { title, text = null, link = null, topic_keys = [] }: NewIncident,
): Promise<Incident> {
  await checkFields(tx, { link, topic_keys });
  await makeRoom(tx);
  const incident = oneRow(
    await sql<Incident>`
      insert into incidents (title, text, link, topic_keys)
      values (${JSON.stringify(title)}, ${inJson(text)}, ${link}, ${topic_keys})
      returning ${columns}
    `.execute(tx),
  );
  await record(tx, actor, 'incident.published', { data: incident });
  await tellStreams(tx, incident);
  return incident;
}

/** An incident is never deleted: it ends, and may begin again. */
export async function changeIncident(
  tx: Tx,
  actor: Actor,
  incidentId: number,
  { is_ended, ...change }: IncidentChange,
): Promise<Incident> {
  await checkFields(tx, change);
  const before = await lockIncident(tx, incidentId);
  const isEnded = is_ended ?? before.ended_at !== null;
  if (!isEnded && before.ended_at !== null) await makeRoom(tx);
  const { title, text, link, topic_keys } = { ...before, ...change };
  const after = oneRow(
    await sql<Incident>`
      update incidents
      set title = ${JSON.stringify(title)}, text = ${inJson(text)}, link = ${link}, topic_keys = ${topic_keys},
          updated_at = now(), ended_at = case when ${isEnded} then coalesce(ended_at, now()) end
      where incident_id = ${incidentId}
      returning ${columns}
    `.execute(tx),
  );
  await record(tx, actor, 'incident.changed', { data: { incident_id: incidentId, before, after } });
  await tellStreams(tx, after);
  return after;
}

const inJson = (value: object | null) => (value ? JSON.stringify(value) : null);

const columns = sql.raw('incident_id, title, text, link, topic_keys, created_at, updated_at, ended_at');

const selectIncidents = (db: Db, condition: Sql, lock = sql``) =>
  sql<Incident>`
    select ${columns}
    from incidents
    where ${condition}
    order by incident_id desc
    limit ${LISTED}
    ${lock}
  `.execute(db);

async function lockIncident(tx: Tx, incidentId: number): Promise<Incident> {
  const { rows } = await selectIncidents(tx, sql`incident_id = ${incidentId}`, sql`for update`);
  if (!rows[0]) throw notFound('incident');
  return rows[0];
}

/** Refuses a link that no browser opens, and unknown topics. */
async function checkFields(db: Db, { link, topic_keys = [] }: Pick<IncidentChange, 'link' | 'topic_keys'>) {
  if (link && !URL.canParse(link)) {
    const detail = 'is not an address that a browser opens';
    throw invalid('invalid_link', `The link ${detail}.`, [{ pointer: '/link', detail }]);
  }
  if (topic_keys.length === 0) return;
  const { rows } = await sql<{ place: number }>`
    select place - 1 as place
    from unnest(${topic_keys}::text[]) with ordinality as wanted (key, place)
    where not exists (select from topics where topics.key = wanted.key)
    limit 1
  `.execute(db);
  if (rows[0]) throw unknownTopic(`/topic_keys/${rows[0].place}`);
}

/** Refuses another one while too many are open. */
async function makeRoom(tx: Tx) {
  await sql`select pg_advisory_xact_lock(${OPEN_LOCK})`.execute(tx);
  const { rows } = await sql`select from incidents where ended_at is null limit ${MAX_OPEN}`.execute(tx);
  if (rows.length === MAX_OPEN) {
    throw invalid(
      'too_many_incidents',
      `At most ${MAX_OPEN} incidents can be open at a time. End one first.`,
    );
  }
}

/** NOTIFY makes the commits of those who use it wait for each other: incidents are rare. */
async function tellStreams(tx: Tx, { incident_id }: Incident) {
  await sql`select pg_notify(${INCIDENTS_CHANNEL}, ${String(incident_id)})`.execute(tx);
}
