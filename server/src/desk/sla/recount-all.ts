/** After a change of a policy or a calendar all open tickets are recounted, in batches, in order of their numbers. */
import type { Db, Tx } from '#platform/db/database.ts';
import { findWalk, lockWalk, setWalk, startWalk } from '#platform/events/walks.ts';
import { sql } from '#platform/sql.ts';

/** The follower that counts due times. */
export const SLA = 'sla';

const BATCH_SIZE = 200;

export async function recountAll(tx: Tx) {
  await startWalk(tx, 'sla_recount');
}

export async function isRecounting(db: Db): Promise<boolean> {
  return (await findWalk(db, 'sla_recount')) !== '';
}

/** The next tickets of the full recount; none when there is no recount or it is at its end. */
export async function nextToRecount(tx: Tx): Promise<Array<{ account_id: number; number: number }>> {
  const after = await lockWalk(tx, 'sla_recount');
  if (after === '') return [];
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where number > ${after}::bigint
      and not is_closed
      and not is_resolved
    order by number
    limit ${BATCH_SIZE}
  `.execute(tx);
  const next = rows.length < BATCH_SIZE ? '' : String(rows.at(-1)?.number);
  await setWalk(tx, 'sla_recount', next);
  return rows;
}
