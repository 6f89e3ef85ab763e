/** How much an account may do in a minute, exact across processes: counted in the transaction that does it. */
import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import { tooMany } from '../errors.ts';

type LimitKind = 'tickets' | 'comments' | 'uploads';
/** How many a minute; 0 for no limit. */
export type Limits = Record<LimitKind, number>;

declare module 'fastify' {
  interface FastifyContextConfig {
    limit?: LimitKind;
  }
}

/**
 * Takes one of the account's `kind` in the current minute, which begins with the first of them. Holds the account's
 * row until the commit: a rollback gives it back, a parallel request waits its turn. Gives the RateLimit headers
 * (draft-ietf-httpapi-ratelimit-headers), or throws a 429.
 */
export async function takeQuota(tx: Tx, accountId: number, kind: LimitKind, max: number) {
  if (max === 0) return {};
  const taken = await take(tx, accountId, kind, max);
  if (taken) return headersOf(kind, max, taken.used, taken.reset);

  const reset = await secondsLeft(tx, accountId, kind);
  const detail = `This account may send ${max} ${kind} a minute. Retry in ${reset} s.`;
  throw tooMany(detail, reset, headersOf(kind, max, max, reset));
}

function headersOf(kind: LimitKind, max: number, used: number, reset: number) {
  return { 'ratelimit-policy': `"${kind}";q=${max};w=60`, ratelimit: `"${kind}";r=${max - used};t=${reset}` };
}

/** clock_timestamp, not now(): whoever waited for the row counts in the minute in which its turn came. */
async function take(tx: Tx, accountId: number, kind: LimitKind, max: number) {
  const since = sql.id(`${kind}_since`);
  const used = sql.id(`${kind}_used`);
  // A minute that begins in the future is over as well: the clock was set back.
  const isOver = sql`${since} not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'`;
  const { rows } = await sql<{ used: number; reset: number }>`
    update account_state
    set ${since} = case when ${isOver} then clock_timestamp() else ${since} end,
        ${used} = case when ${isOver} then 1 else ${used} + 1 end
    where account_id = ${accountId}
      and (${isOver} or ${used} < ${max})
    returning ${used} as used, ceil(extract(epoch from ${since} + interval '60 s' - clock_timestamp()))::int as reset
  `.execute(tx);
  return rows[0];
}

async function secondsLeft(tx: Tx, accountId: number, kind: LimitKind): Promise<number> {
  const { rows } = await sql<{ reset: number }>`
    select ceil(extract(epoch from ${sql.id(`${kind}_since`)} + interval '60 s' - clock_timestamp()))::int as reset
    from account_state
    where account_id = ${accountId}
  `.execute(tx);
  return Math.max(1, rows[0]?.reset ?? 1);
}
