/** Signing in with address, password and, when it is on, a second factor. */
import type { Origin } from '#actor.ts';
import { type ApiError, secondFactorRequired } from '#errors.ts';
import { useCode } from '#people/staff/second-factor.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { addressOf } from '#platform/text/address.ts';
import { type Attempt, uncountAttempt } from './attempts.ts';
import { saveDevice } from './devices.ts';
import { attemptOf, type Candidate, refuse, withPassword } from './proof.ts';
import type { SignIn } from './schema.ts';
import { type OpenedSession, openSession } from './sessions.ts';

export interface SignedIn extends OpenedSession {
  /** For the device cookie, when the browser is new. */
  device: string | undefined;
}

/** Opens a session, or throws the same 401 for every failure. */
export async function signIn(
  database: Database,
  { email, password, code }: SignIn,
  origin: Origin,
): Promise<SignedIn> {
  const attempt = await attemptOf(database, addressOf(email), origin);
  return withPassword(database, attempt, password, (tx, member) => enter(tx, attempt, member, code, origin));
}

async function enter(
  tx: Tx,
  attempt: Attempt,
  member: Candidate,
  code: string | undefined,
  origin: Origin,
): Promise<SignedIn | ApiError> {
  if (member.totp_secret === null) return open(tx, attempt, member, origin, 'none');
  if (code === undefined) {
    await uncountAttempt(tx, attempt, false); // nothing was guessed
    return secondFactorRequired();
  }
  const secondFactor = await useCode(tx, member.staff_id, code);
  return secondFactor
    ? open(tx, attempt, member, origin, secondFactor)
    : refuse(tx, attempt, member, 'second_factor');
}

async function open(tx: Tx, attempt: Attempt, member: Candidate, origin: Origin, secondFactor: string) {
  await uncountAttempt(tx, attempt, true);
  const session = await openSession(tx, member, origin, { by: 'password', second_factor: secondFactor });
  return { ...session, device: await saveDevice(tx, member.staff_id, attempt.device) };
}
