/** Sessions of staff. The secret is in the browser's cookie; the database stores its SHA-256 only. */
import type { Origin, Role, StaffActor } from '#actor.ts';
import { notFound } from '#errors.ts';
import { batched } from '#platform/db/batch.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import type { EventData } from '#platform/events/types.ts';
import { hashOf, isEqualSecret, isSecret, newSecret } from '#platform/secrets.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { visibleTo } from '#visible.ts';
import { forgetDevicesOf } from './devices.ts';
import type { Session } from './schema.ts';

export const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** The member to sign in. */
export interface Member {
  staff_id: number;
  name: string;
  role: Role;
}

export interface OpenedSession {
  /** For the session cookie. */
  secret: string;
  session_id: number;
}

/** Opens a session. `how` tells the audit what was proved. */
export async function openSession(
  tx: Tx,
  member: Member,
  origin: Origin,
  how: Pick<EventData<'session.opened'>, 'by' | 'second_factor'>,
): Promise<OpenedSession> {
  const secret = newSecret();
  const { session_id } = oneRow(
    await sql<{ session_id: number }>`
      insert into staff_sessions (session_hash, staff_id, ip, user_agent)
      values (${hashOf(secret)}, ${member.staff_id}, ${origin.ip}, ${origin.userAgent?.slice(0, 500) ?? null})
      returning session_id
    `.execute(tx),
  );
  const actor = toActor({ ...member, session_id });
  await record(tx, actor, 'session.opened', { data: { session_id, ip: origin.ip, ...how } });
  return { secret, session_id };
}

/** The actor with this secret; undefined when the session is unknown or has ended, or its member is disabled. */
export async function findSessionActor(db: Db, secret: string): Promise<StaffActor | undefined> {
  if (!isSecret(secret)) return undefined;
  const hash = hashOf(secret);
  const found = await bearerByHash(db, hash);
  return found && isEqualSecret(found.session_hash, hash) ? toActor(found) : undefined;
}

/** Those of the given sessions that are still open, by id, with their actors. */
export async function listSessionActors(db: Db, sessionIds: number[]): Promise<Map<number, StaffActor>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await sql<Member & { session_id: number }>`
    select session_id, staff_id, name, role
    from staff_sessions
    join staff using (staff_id)
    where session_id = any(${sessionIds}) and ${isLive}
  `.execute(db);
  return new Map(rows.map((row) => [row.session_id, toActor(row)]));
}

/** The actor's own sessions, last used first. */
export async function listSessions(db: Db, actor: StaffActor): Promise<Session[]> {
  const { rows } = await select(db, actor, sql`${isLive}`);
  return rows;
}

export async function endSession(tx: Tx, actor: StaffActor, sessionId: number): Promise<Session> {
  const [session] = (await select(tx, actor, sql`session_id = ${sessionId} and ${isLive}`)).rows;
  if (!session || !(await remove(tx, actor, sessionId))) throw notFound('session');
  return session;
}

/** Ends the session with this secret, if any. Returns its id. */
export async function signOut(tx: Tx, secret: string): Promise<number | null> {
  const actor = await findSessionActor(tx, secret);
  if (!actor?.sessionId) return null;
  return (await remove(tx, actor, actor.sessionId)) ? actor.sessionId : null;
}

/** What a member keeps when all their other sessions end. */
interface KeptAccess {
  sessionId: number | null;
  device: Buffer | undefined;
}

/** Ends all sessions of a member and, within seconds, their streams. Forgets all browsers of the member. */
export async function endSessionsOf(tx: Tx, staffId: number, kept?: KeptAccess) {
  await forgetDevicesOf(tx, staffId, kept?.device);
  await sql`
    delete from staff_sessions
    where staff_id = ${staffId} and session_id is distinct from ${kept?.sessionId ?? null}::bigint
  `.execute(tx);
}

/** Deletes expired sessions. */
export async function sweepSessions(db: Db) {
  await sql`delete from staff_sessions where not ${isUnexpired}`.execute(db);
}

/** False when a concurrent duplicate was first. */
async function remove(tx: Tx, actor: StaffActor, sessionId: number): Promise<boolean> {
  const { rowCount } = await sql`
    delete from staff_sessions
    where session_id = ${sessionId} and staff_id = ${actor.staffId}
  `.execute(tx);
  if (rowCount === 0) return false;
  await record(tx, actor, 'session.ended', { data: { session_id: sessionId, staff_id: actor.staffId } });
  return true;
}

const isUnexpired = sql<boolean>`(
  staff_sessions.last_used_at > now() - interval '12 hours'
  and staff_sessions.created_at > now() - make_interval(secs => ${sql.lit(SESSION_SECONDS)})
)`;
const isLive = sql<boolean>`(${isUnexpired} and staff.disabled_at is null)`;

interface Bearer extends Member {
  session_hash: Buffer;
  session_id: number;
}

/** Needed by every request. The look-ups of one event-loop turn share a statement. */
const bearerByHash = batched<Buffer, Bearer | undefined>(async (db, hashes) => {
  const { rows } = await sql<Bearer>`
    select session_hash, session_id, staff_id, name, role
    from (select distinct * from unnest(${genericArray(hashes, 'bytea')})) as wanted (session_hash)
    join staff_sessions using (session_hash)
    join staff using (staff_id)
    where ${isLive}
  `.execute(db);
  const byHash = new Map(rows.map((row) => [row.session_hash.toString('latin1'), row]));
  return hashes.map((hash) => byHash.get(hash.toString('latin1')));
});

const toActor = ({ session_id, staff_id, name, role }: Member & { session_id: number }): StaffActor => ({
  kind: 'staff',
  staffId: staff_id,
  name,
  role,
  tokenId: null,
  sessionId: session_id,
});

const select = (db: Db, actor: StaffActor, condition: Sql) =>
  sql<Session>`
    select session_id, ip, user_agent, staff_sessions.created_at, last_used_at,
      session_id is not distinct from ${actor.sessionId}::bigint as is_current
    from staff_sessions
    join staff using (staff_id)
    where ${condition} and ${visibleTo.sessions(actor)}
    order by last_used_at desc, session_id desc
  `.execute(db);
