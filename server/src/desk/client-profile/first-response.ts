/** How long clients wait for the first response. */
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';

/** A median of fewer says little. */
const MIN_TICKETS = 20;
/** Bounds what is read. More tickets hardly change the median. */
const MAX_TICKETS = 10_000;
const FRESH_MS = 10 * 60_000;

/** The median of the last 30 days in whole minutes, rounded up; null when too few tickets had a first response. */
export async function medianFirstResponse(db: Db): Promise<number | null> {
  const result = await sql<{ minutes: number | null }>`
    select case when count(*) >= ${MIN_TICKETS} then
      ceil(percentile_cont(0.5) within group (order by seconds) / 60)::int
    end as minutes
    from (
      select extract(epoch from first_response_at - created_at)::float8 as seconds
      from tickets
      where updated_at >= now() - interval '30 days' -- has an index; a first response moves it
        and first_response_at >= now() - interval '30 days'
        and first_response_at >= created_at -- a split may take along an earlier reply
      order by updated_at desc, number desc
      limit ${sql.lit(MAX_TICKETS)}
    ) as responses
  `.execute(db);
  return oneRow(result).minutes;
}

/** The same, read at most every ten minutes by this process. */
export function cachedFirstResponse(db: Db): () => Promise<number | null> {
  let cached: Promise<number | null> | undefined;
  let readAt = 0;
  return () => {
    if (cached && Date.now() - readAt < FRESH_MS) return cached;
    const reading = medianFirstResponse(db);
    [cached, readAt] = [reading, Date.now()];
    reading.catch(() => {
      if (cached === reading) cached = undefined; // the next request reads again
    });
    return reading;
  };
}
