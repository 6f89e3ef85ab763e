/** One-time codes from an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost. */
import { Secret, TOTP } from 'otpauth';
import type { Actor, StaffActor } from '#actor.ts';
import { conflict, invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { hashOf, newWrittenCode } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import { normalise } from '#platform/text/normalise.ts';
import { findMember } from './staff.ts';

const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;

/** Creates a secret, which takes effect once a code confirms it. Throws a 409 while a second factor is on. */
export async function enrol(tx: Tx, actor: StaffActor) {
  const secret = new Secret({ size: 20 });
  const { rowCount } = await sql`
    insert into credentials (staff_id, totp_pending)
    values (${actor.staffId}, ${secret.base32})
    on conflict (staff_id) do update
    set totp_pending = excluded.totp_pending
    where credentials.totp_secret is null
  `.execute(tx);
  if (rowCount === 0) throw conflict('second_factor_on', 'The second factor is on. Turn it off first.');
  const label = await emailOf(tx, actor);
  return { secret: secret.base32, uri: totpOf(secret.base32, label).toString() };
}

/** Turns the second factor on and returns the recovery codes, which are shown only once. */
export async function confirm(tx: Tx, actor: StaffActor, code: string) {
  const { rows } = await sql<{ totp_pending: string }>`
    select totp_pending
    from credentials
    where staff_id = ${actor.staffId} and totp_pending is not null
    for no key update
  `.execute(tx);
  if (!rows[0]) throw conflict('second_factor_not_begun', 'Create a secret first: POST /staff/me/totp.');
  const step = stepOf(rows[0].totp_pending, normaliseCode(code));
  if (step === undefined)
    throw invalid('wrong_code', 'The code is wrong. Send the code that the app shows at the moment.');
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newWrittenCode);
  await sql`
    update credentials
    set totp_secret = totp_pending,
        totp_pending = null,
        totp_step = ${step},
        recovery_hashes = ${recoveryCodes.map((code) => hashOf(normaliseCode(code)))}
    where staff_id = ${actor.staffId}
  `.execute(tx);
  await record(tx, actor, 'second_factor.enabled', { data: { staff_id: actor.staffId } });
  return { recovery_codes: recoveryCodes };
}

/** Uses up a TOTP code or a recovery code. Returns which of them it was; undefined for neither. */
export async function useCode(tx: Tx, staffId: number, typed: string) {
  const code = normaliseCode(typed);
  const isTotp = /^\d{6}$/.test(code);
  const isTaken = isTotp ? await useTotp(tx, staffId, code) : await useRecoveryCode(tx, staffId, code);
  if (!isTaken) return undefined;
  return isTotp ? 'totp' : 'recovery_code';
}

/** For an admin, when a member has lost both phone and recovery codes. */
export async function resetSecondFactor(tx: Tx, actor: Actor, staffId: number) {
  await findMember(tx, actor, staffId);
  await clearSecondFactor(tx, staffId);
  await record(tx, actor, 'second_factor.reset', { data: { staff_id: staffId } });
  return findMember(tx, actor, staffId);
}

/** Also deletes an unconfirmed secret. */
export async function clearSecondFactor(tx: Tx, staffId: number) {
  await sql`
    update credentials
    set totp_secret = null, totp_pending = null, recovery_hashes = '{}'
    where staff_id = ${staffId}
  `.execute(tx);
}

async function emailOf(tx: Tx, { staffId }: StaffActor): Promise<string> {
  return oneRow(await sql<{ email: string }>`select email from staff where staff_id = ${staffId}`.execute(tx))
    .email;
}

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Paneldesk', label, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });

/** The period that the code belongs to, at most one away from the current one; undefined when there is none. */
function stepOf(secret: string, code: string): number | undefined {
  const now = Date.now();
  const away = totpOf(secret).validate({ token: code, timestamp: now, window: 1 });
  return away === null ? undefined : Math.floor(now / 1000 / PERIOD_SECONDS) + away;
}

/** The database stores the last used period and only moves it forward: of two concurrent uses of a code, one fails. */
async function useTotp(tx: Tx, staffId: number, code: string): Promise<boolean> {
  const { rows } = await sql<{ totp_secret: string }>`
    select totp_secret
    from credentials
    where staff_id = ${staffId} and totp_secret is not null
  `.execute(tx);
  const step = rows[0] && stepOf(rows[0].totp_secret, code);
  if (step === undefined) return false;
  const { rowCount } = await sql`
    update credentials
    set totp_step = ${step}
    where staff_id = ${staffId} and totp_step < ${step}
  `.execute(tx);
  return rowCount === 1;
}

async function useRecoveryCode(tx: Tx, staffId: number, code: string): Promise<boolean> {
  const hash = hashOf(normaliseCode(code));
  const { rowCount } = await sql`
    update credentials
    set recovery_hashes = array_remove(recovery_hashes, ${hash})
    where staff_id = ${staffId} and ${hash} = any(recovery_hashes)
  `.execute(tx);
  return rowCount === 1;
}

/** Normalises the ways a code may be typed: `123 456`, `123-456`, upper case, full width. */
const normaliseCode = (typed: string) =>
  normalise(typed, 'NFKC')
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '');
