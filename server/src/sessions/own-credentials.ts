/**
 * What members change of how they themselves sign in. Each asks for the password again: a session that was left open
 * must not be enough.
 */
import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Database, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { recordDesk } from '../events/events.ts';
import { checkPassword, hashPassword, keepPassword } from '../staff/passwords.ts';
import type { Password, PasswordChange, StaffMember } from '../staff/schema.ts';
import { clearSecondFactor } from '../staff/second-factor.ts';
import { findMember } from '../staff/staff.ts';
import { returnAttempt } from './attempts.ts';
import { attemptOf, withPassword } from './proof.ts';
import { endSessionsOf, type Origin } from './sessions.ts';

/** Ends the member's sessions but the one that asks: whoever knew the old password is out. */
export async function changePassword(
  database: Database,
  actor: StaffActor,
  { password, new_password }: PasswordChange,
  origin: Origin,
): Promise<StaffMember> {
  const email = await emailOf(database, actor);
  checkPassword(new_password, email);
  const passwordHash = await hashPassword(new_password);
  return withOwnPassword(database, email, origin, password, async (tx) => {
    await keepPassword(tx, actor.staffId, passwordHash);
    await endSessionsOf(tx, actor.staffId, actor.sessionId);
    await recordDesk(tx, actor, 'staff.password_changed', { staff_id: actor.staffId });
    return findMember(tx, actor, actor.staffId);
  });
}

export async function turnOffSecondFactor(
  database: Database,
  actor: StaffActor,
  { password }: Password,
  origin: Origin,
): Promise<StaffMember> {
  const email = await emailOf(database, actor);
  return withOwnPassword(database, email, origin, password, async (tx) => {
    await clearSecondFactor(tx, actor.staffId);
    await recordDesk(tx, actor, 'second_factor.disabled', { staff_id: actor.staffId });
    return findMember(tx, actor, actor.staffId);
  });
}

async function emailOf({ db }: Database, { staffId }: StaffActor): Promise<string> {
  return onlyRow(
    await sql<{ email: string }>`select email from staff where staff_id = ${staffId}`.execute(db),
  ).email;
}

async function withOwnPassword<T>(
  database: Database,
  email: string,
  origin: Origin,
  password: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const attempt = await attemptOf(database, email, origin);
  return withPassword(database, attempt, password, async (tx) => {
    await returnAttempt(tx, attempt, true);
    return work(tx);
  });
}
