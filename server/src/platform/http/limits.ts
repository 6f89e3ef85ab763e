/** Rate limits per minute, exact across processes: each request is counted in its own transaction. */
import type { ClientActor, StaffActor } from '#actor.ts';
import { tooMany } from '#errors.ts';
import { batchedWrite } from '#platform/db/batch.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

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

/** Who is limited: an account, or a staff member. The other id is 0. */
interface Owner {
  account_id: number;
  staff_id: number;
}

export const ownerOf = (actor: ClientActor | StaffActor): Owner =>
  actor.kind === 'client'
    ? { account_id: actor.accountId, staff_id: 0 }
    : { account_id: 0, staff_id: actor.staffId };

/** A limit of an owner: requests of this kind per minute; no limit if `max` is 0. */
export interface Limit {
  owner: Owner;
  kind: LimitKind;
  max: number;
}

/** What was counted, and in which minute: enough to refund it. */
interface Taken {
  since: string | undefined;
  headers: Record<string, string>;
}

/** The limits that refused a request in this process, and when. Only for these is it worth to look before the work. */
const refused = new Map<string, number>();
const MAX_REFUSED = 10_000;
const keyOf = ({ owner, kind }: Pick<Limit, 'owner' | 'kind'>) =>
  `${owner.account_id} ${owner.staff_id} ${kind}`;

/** Throws a 429 if a limit that has refused requests has nothing left. Takes no lock. */
export async function checkLimit(tx: Tx, limit: Limit) {
  if (hasRefused(limit)) await refuseUsedUp(tx, limit);
}

/** Whether the limit has refused a request in this process within the last minute. */
export function hasRefused(limit: Limit): boolean {
  const key = keyOf(limit);
  if ((refused.get(key) ?? 0) >= Date.now() - 60_000) return true;
  refused.delete(key);
  return false;
}

async function refuseUsedUp(tx: Tx, { owner, kind, max }: Limit) {
  const { rows } = await sql<{ reset: number }>`
    select ${secondsLeft} as reset
    from rate_limits
    where account_id = ${owner.account_id} and staff_id = ${owner.staff_id} and kind = ${kind}
      and used >= ${max} and not ${isOver}
  `.execute(tx);
  if (rows[0]) throw usedUp(kind, max, rows[0].reset);
}

/**
 * Counts one request of this kind in the owner's current minute, which starts with the first request. Locks the
 * owner's row until the commit: a rollback undoes it, a parallel request waits. It is the last lock that a request
 * takes. Returns the RateLimit headers (draft-ietf-httpapi-ratelimit-headers), or throws a 429.
 */
export async function takeFromLimit(tx: Tx, limit: Limit): Promise<Taken> {
  const { kind, max } = limit;
  if (max === 0) return { since: undefined, headers: {} };
  const taken = await take(tx, limit);
  if (taken) return { since: taken.since, headers: headersOf(kind, max, taken.used, taken.reset) };
  if (refused.size === MAX_REFUSED) refused.clear();
  refused.set(keyOf(limit), Date.now());
  await refuseUsedUp(tx, limit);
  throw usedUp(kind, max, 1); // its minute has just ended
}

/** What has been used after each request; undefined for all of an owner when they do not fit together. */
const take = batchedWrite<Limit, { used: number; since: string; reset: number } | undefined>(
  async (tx, limits) => {
    const byKey = new Map<string, Owner & { kind: LimitKind; max: number; count: number }>();
    const asked = limits.map((limit) => {
      const { owner, kind, max } = limit;
      const all = byKey.get(keyOf(limit)) ?? { ...owner, kind, max, count: 0 };
      byKey.set(keyOf(limit), all);
      return { all, place: ++all.count };
    });
    const { rows } = await sql<Owner & { kind: LimitKind; used: number; since: string; reset: number }>`
      with wanted as (
        select *
        from json_to_recordset(${JSON.stringify([...byKey.values()])}) as wanted (
          account_id bigint, staff_id bigint, kind text, max int, count int
        )
      )
      insert into rate_limits (account_id, staff_id, kind, since, used)
      select account_id, staff_id, kind, clock_timestamp(), count
      from wanted
      where count <= max
      order by account_id, staff_id, kind
      on conflict (account_id, staff_id, kind) do update
      set since = case when ${isOver} then clock_timestamp() else rate_limits.since end,
          used = case when ${isOver} then excluded.used else rate_limits.used + excluded.used end
      where ${isOver} or rate_limits.used + excluded.used <= (
        select max
        from wanted
        where wanted.account_id = excluded.account_id and wanted.staff_id = excluded.staff_id
          and wanted.kind = excluded.kind
      )
      returning account_id, staff_id, kind, used, since::text as since, ${secondsLeft} as reset
    `.execute(tx);
    const taken = new Map(rows.map((row) => [keyOf({ owner: row, kind: row.kind }), row]));
    return asked.map(({ all, place }) => {
      const row = taken.get(keyOf({ owner: all, kind: all.kind }));
      return row && { ...row, used: row.used - all.count + place };
    });
  },
);

/** Undoes a count that was committed in an earlier transaction, unless its minute is over. */
export async function refund(tx: Tx, { owner, kind }: Limit, { since }: Taken) {
  if (since === undefined) return;
  await sql`
    update rate_limits
    set used = used - 1
    where account_id = ${owner.account_id} and staff_id = ${owner.staff_id} and kind = ${kind}
      and since = ${since} and used > 0
  `.execute(tx);
}

/**
 * clock_timestamp, not now(): a request that waited for the row counts in the minute in which it got the lock. A minute
 * that starts in the future counts as over, too: the clock was set back.
 */
const isOver = sql.raw(`(
  rate_limits.since not between clock_timestamp() - interval '60 s' and clock_timestamp() + interval '1 s'
)`);
const secondsLeft = sql<number>`
  greatest(1, ceil(extract(epoch from rate_limits.since + interval '60 s' - clock_timestamp())))::int
`;

function usedUp(kind: LimitKind, max: number, reset: number) {
  const detail = `At most ${max} ${names[kind]} a minute. Retry in ${reset} s.`;
  return tooMany(detail, reset, headersOf(kind, max, max, reset));
}

function headersOf(kind: LimitKind, max: number, used: number, reset: number): Record<string, string> {
  return { 'ratelimit-policy': `"${kind}";q=${max};w=60`, ratelimit: `"${kind}";r=${max - used};t=${reset}` };
}
