/** Rate limits per minute, exact across processes: each request is counted in its own transaction. */
import { sql } from 'kysely';
import type { ClientActor, StaffActor } from '#actor.ts';
import { tooMany } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';

type RouteKind = 'tickets' | 'comments' | 'reads' | 'votes' | 'changes';
type UploadKind = 'uploads' | 'begun_uploads';
type LimitKind = RouteKind | UploadKind;
/** Requests per minute; 0 for no limit. */
export type Limits = Record<RouteKind | 'uploads' | 'staff_uploads', number>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limit that a client's request counts against. */
    limit?: RouteKind;
  }
}

const names: Record<LimitKind, string> = {
  tickets: 'new tickets',
  comments: 'comments',
  uploads: 'uploads',
  begun_uploads: 'begun uploads',
  reads: 'requests to mark as read',
  votes: 'votes',
  changes: 'changes of tickets',
};

/** Who is limited: an account, or a staff member. */
interface Owner {
  table: 'account_state' | 'staff_state';
  key: 'account_id' | 'staff_id';
  id: number;
}

export function ownerOf(actor: ClientActor | StaffActor): Owner {
  return actor.kind === 'client'
    ? { table: 'account_state', key: 'account_id', id: actor.accountId }
    : { table: 'staff_state', key: 'staff_id', id: actor.staffId };
}

/** What was counted, and in which minute: enough to refund it. */
interface Limit {
  since: string | undefined;
  headers: Record<string, string>;
}

/**
 * Counts one request of this kind in the owner's current minute, which starts with the first request. Locks the
 * owner's row until the commit: a rollback undoes it, a parallel request waits. Returns the RateLimit headers
 * (draft-ietf-httpapi-ratelimit-headers), or throws a 429.
 */
export async function takeFromLimit(tx: Tx, owner: Owner, kind: LimitKind, max: number): Promise<Limit> {
  if (max === 0) return { since: undefined, headers: {} };
  const taken = await take(tx, owner, kind, max);
  if (taken) return { since: taken.since, headers: headersOf(kind, max, taken.used, taken.reset) };

  const reset = await secondsLeft(tx, owner, kind);
  const detail = `At most ${max} ${names[kind]} a minute. Retry in ${reset} s.`;
  throw tooMany(detail, reset, headersOf(kind, max, max, reset));
}

/** Undoes a count that was committed in an earlier transaction, unless its minute is over. */
export async function refund(tx: Tx, { table, key, id }: Owner, kind: LimitKind, { since }: Limit) {
  if (since === undefined) return;
  const used = sql.id(`${kind}_used`);
  await sql`
    update ${sql.table(table)}
    set ${used} = ${used} - 1
    where ${sql.id(key)} = ${id} and ${sql.id(`${kind}_since`)} = ${since} and ${used} > 0
  `.execute(tx);
}

function headersOf(kind: LimitKind, max: number, used: number, reset: number): Record<string, string> {
  return { 'ratelimit-policy': `"${kind}";q=${max};w=60`, ratelimit: `"${kind}";r=${max - used};t=${reset}` };
}

/** clock_timestamp, not now(): a request that waited for the row counts in the minute in which it got the lock. */
async function take(tx: Tx, { table, key, id }: Owner, kind: LimitKind, max: number) {
  if (table === 'staff_state') {
    await sql`insert into staff_state (staff_id) values (${id}) on conflict do nothing`.execute(tx);
  }
  const since = sql.id(`${kind}_since`);
  const used = sql.id(`${kind}_used`);
  // A minute that starts in the future counts as over, too: the clock was set back.
  const isOver = sql`${since} not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'`;
  const { rows } = await sql<{ used: number; since: string; reset: number }>`
    update ${sql.table(table)}
    set ${since} = case when ${isOver} then clock_timestamp() else ${since} end,
        ${used} = case when ${isOver} then 1 else ${used} + 1 end
    where ${sql.id(key)} = ${id}
      and (${isOver} or ${used} < ${max})
    returning ${used} as used, ${since}::text as since,
      ceil(extract(epoch from ${since} + interval '60 s' - clock_timestamp()))::int as reset
  `.execute(tx);
  return rows[0];
}

async function secondsLeft(tx: Tx, { table, key, id }: Owner, kind: LimitKind): Promise<number> {
  const { rows } = await sql<{ reset: number }>`
    select ceil(extract(epoch from ${sql.id(`${kind}_since`)} + interval '60 s' - clock_timestamp()))::int as reset
    from ${sql.table(table)}
    where ${sql.id(key)} = ${id}
  `.execute(tx);
  return Math.max(1, rows[0]?.reset ?? 1);
}
