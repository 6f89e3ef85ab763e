/** Proof by password: for signing in, and for what a session left open must not do alone. */
import type { Origin } from '#actor.ts';
import { system } from '#actor.ts';
import { ApiError, wrongCredentials } from '#errors.ts';
import { hashPassword, isOutdated, isPassword, savePassword } from '#people/staff/passwords.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { Address } from '#platform/text/address.ts';
import { type Attempt, countAttempt, uncountAttempt } from './attempts.ts';
import { findDevice } from './devices.ts';
import type { Member } from './sessions.ts';

/** The member who proved the password, locked until the commit. */
export interface Candidate extends Member {
  email: string;
  password_hash: string;
  totp_secret: string | null;
}

/**
 * Runs `work` for the owner of the password, or throws the same 401 for every failure. The attempt is counted and
 * committed before anything is checked, so that concurrent attempts cannot exceed the limit. An error that `work`
 * returns is thrown after the commit: the refusal stays recorded and counted.
 */
export async function withPassword<T>(
  { db, transact }: Database,
  attempt: Attempt,
  password: string,
  work: (tx: Tx, member: Candidate) => Promise<T | ApiError>,
): Promise<T> {
  await transact((tx) => countAttempt(tx, attempt));
  const stored = await findStored(db, attempt.email);
  const isCorrect = await isPassword(stored?.password_hash ?? null, password).catch(async (error) => {
    await transact((tx) => uncountAttempt(tx, attempt, false)); // the password was not checked for lack of capacity
    throw error;
  });
  const wasOutdated = isCorrect && isOutdated(stored?.password_hash ?? '');
  const upgraded = wasOutdated ? await hashPassword(password) : undefined;
  const outcome = await transact(async (tx) => {
    const member = isCorrect && stored ? await lockCandidate(tx, stored) : undefined;
    if (!member) return refuse(tx, attempt, stored, 'password');
    if (upgraded) await savePassword(tx, member.staff_id, upgraded);
    return work(tx, member);
  });
  if (outcome instanceof ApiError) throw outcome;
  return outcome;
}

/** What a sign-in attempt with this address from there is counted for. */
export async function attemptOf({ db }: Database, email: Address, { ip, device }: Origin): Promise<Attempt> {
  return { ip, email, device: await findDevice(db, device, email) };
}

/** The audit has the address only if it is a member's: people type passwords into the wrong field. */
export async function refuse(
  tx: Tx,
  { ip }: Attempt,
  member: { staff_id: number; email: string } | undefined,
  wrong: 'password' | 'second_factor',
): Promise<ApiError> {
  const of = member ? { staff_id: member.staff_id, email: member.email } : {};
  await record(tx, system, 'session.refused', { data: { ...of, ip, wrong } });
  return wrongCredentials();
}

interface Stored {
  staff_id: number;
  email: string;
  password_hash: string | null;
}

/** Includes disabled members: checking their password must take as long as any other. */
async function findStored(db: Db, email: Address): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select staff_id, email, password_hash
    from staff
    left join credentials using (staff_id)
    where email = ${email}
  `.execute(db);
  return rows[0];
}

/** The current member; undefined when disabled, or when the password has changed meanwhile. */
async function lockCandidate(tx: Tx, { staff_id, password_hash }: Stored): Promise<Candidate | undefined> {
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
