/** Signing in with address, password and, when it is on, a second factor. */
import { sql } from 'kysely';
import { type StaffActor, system } from '../actor.ts';
import type { Database, Db, Tx } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { ApiError, secondFactorRequired, wrongCredentials } from '../errors.ts';
import { recordDesk } from '../events/events.ts';
import { hashPassword, isOutdated, isPassword } from '../staff/passwords.ts';
import type { StaffMember } from '../staff/schema.ts';
import { clearSecondFactor, takeCode } from '../staff/second-factor.ts';
import { findMember } from '../staff/staff.ts';
import { type Attempt, returnAttempt, takeAttempt } from './attempts.ts';
import type { SignIn } from './schema.ts';
import { type Member, type Origin, openSession } from './sessions.ts';

/**
 * Opens a session, or throws one and the same 401 for whatever is wrong. The attempt is counted and committed before
 * anything is looked at: attempts that come at once are each one of those that are allowed.
 */
export async function signIn(database: Database, input: SignIn, origin: Origin) {
  const { db, transact } = database;
  const attempt = { ip: origin.ip, email: input.email };
  await transact((tx) => takeAttempt(tx, attempt));
  const candidate = await findCandidate(db, input.email);
  const isRight = await comparing(database, attempt, candidate, input.password);
  const upgraded =
    isRight && isOutdated(candidate?.password_hash ?? '') ? await hashPassword(input.password) : undefined;
  const outcome = await transact(async (tx) => {
    const member = isRight && candidate ? await holdCandidate(tx, candidate) : undefined;
    if (!member) return refuse(tx, attempt, candidate, 'password');
    if (upgraded) await upgrade(tx, member, upgraded);
    return enter(tx, attempt, member, input.code, origin);
  });
  if (outcome instanceof ApiError) throw outcome; // after the commit: what was refused stays recorded and counted
  return outcome;
}

/** Asks for the password again: a session left open must not be enough to weaken the account. */
export async function turnOffSecondFactor(
  database: Database,
  actor: StaffActor,
  password: string,
  ip: string,
): Promise<StaffMember> {
  const { db, transact } = database;
  const { email } = onlyRow(
    await sql<{ email: string }>`select email from staff where staff_id = ${actor.staffId}`.execute(db),
  );
  const attempt = { ip, email };
  await transact((tx) => takeAttempt(tx, attempt));
  const candidate = await findCandidate(db, email);
  const isRight = await comparing(database, attempt, candidate, password);
  const outcome = await transact(async (tx) => {
    if (!isRight) return refuse(tx, attempt, candidate, 'password');
    await returnAttempt(tx, attempt, true);
    await clearSecondFactor(tx, actor.staffId);
    await recordDesk(tx, actor, 'second_factor.disabled', { staff_id: actor.staffId });
    return findMember(tx, actor, actor.staffId);
  });
  if (outcome instanceof ApiError) throw outcome;
  return outcome;
}

interface Candidate extends Member {
  email: string;
  password_hash: string | null;
  totp_secret: string | null;
}

/** Disabled ones too: their password is looked at as long as any other. */
async function findCandidate(db: Db, email: string): Promise<Candidate | undefined> {
  const { rows } = await sql<Candidate>`
    select staff_id, email, name, role, password_hash, totp_secret
    from staff
    left join credentials using (staff_id)
    where email = ${email.trim().toLowerCase()}
  `.execute(db);
  return rows[0];
}

/** Gives the attempt back when there is no time to look at it. */
async function comparing(
  { transact }: Database,
  attempt: Attempt,
  candidate: Candidate | undefined,
  password: string,
): Promise<boolean> {
  try {
    return await isPassword(candidate?.password_hash ?? null, password);
  } catch (error) {
    await transact((tx) => returnAttempt(tx, attempt, false));
    throw error;
  }
}

/** The member as they are now, held until the commit; undefined when disabled, or when the password is another one. */
async function holdCandidate(tx: Tx, { staff_id, password_hash }: Candidate): Promise<Candidate | undefined> {
  const { rows } = await sql<Candidate>`
    select staff_id, email, name, role, password_hash, totp_secret
    from staff
    join credentials using (staff_id)
    where staff_id = ${staff_id} and disabled_at is null and password_hash = ${password_hash}
    for share of staff
    for no key update of credentials
  `.execute(tx);
  return rows[0];
}

async function upgrade(tx: Tx, { staff_id }: Member, passwordHash: string) {
  await sql`update credentials set password_hash = ${passwordHash} where staff_id = ${staff_id}`.execute(tx);
}

async function enter(tx: Tx, attempt: Attempt, member: Candidate, code: string | undefined, origin: Origin) {
  if (member.totp_secret === null) return open(tx, attempt, member, origin, 'none');
  if (code === undefined) {
    await returnAttempt(tx, attempt, false); // nothing was guessed
    return secondFactorRequired();
  }
  const secondFactor = await takeCode(tx, member.staff_id, code);
  return secondFactor
    ? open(tx, attempt, member, origin, secondFactor)
    : refuse(tx, attempt, member, 'second_factor');
}

async function open(tx: Tx, attempt: Attempt, member: Member, origin: Origin, secondFactor: string) {
  await returnAttempt(tx, attempt, true);
  return openSession(tx, member, origin, { by: 'password', second_factor: secondFactor });
}

/** The address is in the audit only if it is a member's: people type passwords where it belongs. */
async function refuse(
  tx: Tx,
  { ip }: Attempt,
  candidate: Candidate | undefined,
  wrong: string,
): Promise<ApiError> {
  const of = candidate ? { staff_id: candidate.staff_id, email: candidate.email } : {};
  await recordDesk(tx, system, 'session.refused', { ...of, ip, wrong });
  return wrongCredentials();
}
