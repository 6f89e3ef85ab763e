/**
 * What members change about their own sign-in. Each change asks for the password again, or for a session that has just
 * begun: a session left open must not be enough.
 */
import type { Origin, StaffActor } from '#actor.ts';
import { proofRequired } from '#errors.ts';
import { checkPassword, hashPassword, savePassword } from '#people/staff/passwords.ts';
import type { PasswordChange, Proof, StaffMember } from '#people/staff/schema.ts';
import { clearSecondFactor } from '#people/staff/second-factor.ts';
import { findMember } from '#people/staff/staff.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { Address } from '#platform/text/address.ts';
import { uncountAttempt } from './attempts.ts';
import { attemptOf, withPassword } from './proof.ts';
import { endSessionsOf } from './sessions.ts';

const FRESH_SECONDS = 10 * 60;

/** Ends the member's other sessions and forgets all other browsers: whoever knew the old password is out. */
export async function changePassword(
  database: Database,
  actor: StaffActor,
  { password, new_password }: PasswordChange,
  origin: Origin,
): Promise<StaffMember> {
  const email = await emailOf(database, actor);
  checkPassword(new_password, email);
  const passwordHash = await hashPassword(new_password);
  return withOwnPassword(database, email, origin, password, async (tx, device) => {
    await savePassword(tx, actor.staffId, passwordHash);
    await endSessionsOf(tx, actor.staffId, { sessionId: actor.sessionId, device });
    await record(tx, actor, 'staff.password_changed', { data: { staff_id: actor.staffId } });
    return findMember(tx, actor, actor.staffId);
  });
}

/**
 * Throws unless the request comes from the member: proved by the password, which is counted like a sign-in, or without
 * one by a session that began in the last 10 minutes. Members who sign in at an identity provider have no password.
 */
export async function requireProof(
  database: Database,
  actor: StaffActor,
  { password }: Proof,
  origin: Origin,
) {
  if (password === undefined) {
    if (!(await isFresh(database, actor))) throw proofRequired();
    return;
  }
  await withOwnPassword(database, await emailOf(database, actor), origin, password, async () => undefined);
}

export async function turnOffSecondFactor(tx: Tx, actor: StaffActor): Promise<StaffMember> {
  await clearSecondFactor(tx, actor.staffId);
  await record(tx, actor, 'second_factor.disabled', { data: { staff_id: actor.staffId } });
  return findMember(tx, actor, actor.staffId);
}

async function isFresh({ db }: Database, { sessionId }: StaffActor): Promise<boolean> {
  const { rows } = await sql`
    select
    from staff_sessions
    where session_id = ${sessionId} and created_at > now() - make_interval(secs => ${FRESH_SECONDS})
  `.execute(db);
  return rows.length > 0;
}

async function emailOf({ db }: Database, { staffId }: StaffActor): Promise<Address> {
  return oneRow(
    await sql<{ email: Address }>`select email from staff where staff_id = ${staffId}`.execute(db),
  ).email;
}

async function withOwnPassword<T>(
  database: Database,
  email: Address,
  origin: Origin,
  password: string,
  work: (tx: Tx, device: Buffer | undefined) => Promise<T>,
): Promise<T> {
  const attempt = await attemptOf(database, email, origin);
  return withPassword(database, attempt, password, async (tx) => {
    await uncountAttempt(tx, attempt, true);
    return work(tx, attempt.device);
  });
}
