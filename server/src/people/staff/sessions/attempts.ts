/** How often one may try to sign in, exact across processes: counted in the database before anything is looked at. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { tooMany } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { networkOf } from '#platform/ip-addresses.ts';
import type { Address } from '#platform/text/address.ts';

/** How many may be tried before each further one has to wait: 30 s, then twice as long each time. */
const limits = { network: 20, account: 5 };
type Kind = keyof typeof limits;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;
const FORGOTTEN_AFTER_SECONDS = 60 * 60;

/**
 * Whom attempts are counted for: who tries, and whose account it is, be there one or not. In a browser that the member
 * has signed in with before they are counted for that browser instead.
 */
export interface Attempt {
  ip: string;
  email: Address;
  device?: Buffer;
}

/** A browser that is known waits for nobody else in its network: what is guessed in it is counted for itself. */
const kindsOf = ({ device }: Attempt): Kind[] => (device ? ['account'] : ['network', 'account']);

/**
 * Counts an attempt, or throws a 429 and counts nothing. Always the network first: nobody waits in a circle. A right
 * password does not end a wait, or a wait would tell which one is right.
 */
export async function takeAttempt(tx: Tx, attempt: Attempt) {
  for (const kind of kindsOf(attempt)) {
    const key = keyOf(kind, attempt);
    if (await take(tx, key, limits[kind])) continue;
    const seconds = await secondsLeft(tx, key, limits[kind]);
    throw tooMany(`Too many attempts to sign in. Retry in ${seconds} s.`, seconds, {});
  }
}

/** Gives back an attempt that guessed nothing; after a success the account is not counted against any more. */
export async function returnAttempt(tx: Tx, attempt: Attempt, isSuccess: boolean) {
  for (const kind of kindsOf(attempt)) {
    const isForgotten = kind === 'account' && isSuccess;
    await sql`
      update sign_in_attempts
      set used = case when ${isForgotten} then 0 else greatest(used - 1, 0) end
      where key = ${keyOf(kind, attempt)}
    `.execute(tx);
  }
}

/** Ends the wait of an account. */
export async function forgetAttempts(tx: Tx, email: Address) {
  await sql`delete from sign_in_attempts where key = ${keyOf('account', { email, ip: '' })}`.execute(tx);
}

export async function sweepAttempts(db: Db) {
  await sql`delete from sign_in_attempts where ${isForgotten}`.execute(db);
}

/** What was tried in the future was tried before the clock was set back. */
const isForgotten = sql<boolean>`
  sign_in_attempts.last_at not between
    clock_timestamp() - make_interval(secs => ${sql.lit(FORGOTTEN_AFTER_SECONDS)})
    and clock_timestamp() + interval '1 s'
`;

const waitEnds = (max: number) => sql`
  sign_in_attempts.last_at + case
    when sign_in_attempts.used < ${max} then interval '0'
    else make_interval(secs => least(
      ${FIRST_WAIT_SECONDS} * power(2, least(sign_in_attempts.used - ${max}, 20)), ${LONGEST_WAIT_SECONDS}
    ))
  end
`;

async function take(tx: Tx, key: Buffer, max: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into sign_in_attempts (key, used, last_at)
    values (${key}, 1, clock_timestamp())
    on conflict (key) do update
    set used = case when ${isForgotten} then 1 else sign_in_attempts.used + 1 end,
        last_at = clock_timestamp()
    where ${isForgotten} or ${waitEnds(max)} <= clock_timestamp()
  `.execute(tx);
  return numAffectedRows === 1n;
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
