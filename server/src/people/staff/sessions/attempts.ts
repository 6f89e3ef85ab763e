/**
 * Rate limits for sign-in attempts, exact across processes: each is counted in the database before anything is
 * checked.
 */
import { createHash } from 'node:crypto';
import { tooMany } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { networkOf } from '#platform/ip-addresses.ts';
import { sql } from '#platform/sql.ts';
import type { Address } from '#platform/text/address.ts';

/** Attempts before each further one has to wait: 30 s at first, doubling each time. */
const limits = { network: 20, account: 5 };
type Kind = keyof typeof limits;
const FIRST_WAIT_SECONDS = 30;
const MAX_WAIT_SECONDS = 15 * 60;
const EXPIRES_AFTER_SECONDS = 60 * 60;

/**
 * What attempts are counted for: the network they come from and the address, whether it exists or not. In a browser
 * that the member has signed in with before, they are counted for that browser instead.
 */
export interface Attempt {
  ip: string;
  email: Address;
  device?: Buffer;
}

/** A known browser is not affected by others in its network: its attempts are counted separately. */
const kindsOf = ({ device }: Attempt): Kind[] => (device ? ['account'] : ['network', 'account']);

/**
 * Counts an attempt, or throws a 429 and counts nothing. Always locks the network first, which prevents deadlocks. The
 * right password does not end a wait, or the wait would reveal which password is right.
 */
export async function countAttempt(tx: Tx, attempt: Attempt) {
  for (const kind of kindsOf(attempt)) {
    const key = keyOf(kind, attempt);
    if (await take(tx, key, limits[kind])) continue;
    const seconds = await secondsLeft(tx, key, limits[kind]);
    throw tooMany(`Too many attempts to sign in. Retry in ${seconds} s.`, seconds, {});
  }
}

/** Uncounts an attempt that guessed nothing. A success also resets the account's count. */
export async function uncountAttempt(tx: Tx, attempt: Attempt, isSuccess: boolean) {
  for (const kind of kindsOf(attempt)) {
    const isExpired = kind === 'account' && isSuccess;
    await sql`
      update sign_in_attempts
      set used = case when ${isExpired} then 0 else greatest(used - 1, 0) end
      where key = ${keyOf(kind, attempt)}
    `.execute(tx);
  }
}

/** Ends the lockout of an account. */
export async function clearAttempts(tx: Tx, email: Address) {
  await sql`delete from sign_in_attempts where key = ${keyOf('account', { email, ip: '' })}`.execute(tx);
}

export async function sweepAttempts(db: Db) {
  await sql`delete from sign_in_attempts where ${isForgotten}`.execute(db);
}

/** An attempt in the future was made before the clock was set back. */
const isForgotten = sql<boolean>`
  sign_in_attempts.last_at not between
    clock_timestamp() - make_interval(secs => ${sql.lit(EXPIRES_AFTER_SECONDS)})
    and clock_timestamp() + interval '1 s'
`;

const waitEnds = (max: number) => sql`
  sign_in_attempts.last_at + case
    when sign_in_attempts.used < ${max} then interval '0'
    else make_interval(secs => least(
      ${FIRST_WAIT_SECONDS} * power(2, least(sign_in_attempts.used - ${max}, 20)), ${MAX_WAIT_SECONDS}
    ))
  end
`;

async function take(tx: Tx, key: Buffer, max: number): Promise<boolean> {
  const { rowCount } = await sql`
    insert into sign_in_attempts (key, used, last_at)
    values (${key}, 1, clock_timestamp())
    on conflict (key) do update
    set used = case when ${isForgotten} then 1 else sign_in_attempts.used + 1 end,
        last_at = clock_timestamp()
    where ${isForgotten} or ${waitEnds(max)} <= clock_timestamp()
  `.execute(tx);
  return rowCount === 1;
}

async function secondsLeft(tx: Tx, key: Buffer, max: number): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from ${waitEnds(max)} - clock_timestamp()))::int as seconds
    from sign_in_attempts
    where key = ${key}
  `.execute(tx);
  return Math.max(1, rows[0]?.seconds ?? 1);
}

function keyOf(kind: Kind, { ip, email, device }: Attempt): Buffer {
  const hash = createHash('sha256');
  if (kind === 'account' && device) return hash.update('device ').update(device).digest();
  return hash.update(`${kind} ${kind === 'network' ? networkOf(ip) : email}`).digest();
}
