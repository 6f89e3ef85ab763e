/** After a change of a policy or a calendar all open tickets are recounted, in batches, in order of their numbers. */
import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';

const AT_ONCE = 200;

export async function recountAll(tx: Tx) {
  await sql`update followers set cursor = '0' where name = 'sla_recount'`.execute(tx);
}

/** All that is open has been counted by other means. */
export async function endWalk(tx: Tx) {
  await sql`update followers set cursor = '' where name = 'sla_recount'`.execute(tx);
}

export async function isWalking(db: Db): Promise<boolean> {
  const { rows } = await sql`select from followers where name = 'sla_recount' and cursor <> ''`.execute(db);
  return rows.length > 0;
}

/** The next tickets of the walk; none when there is no walk or it is at its end. */
export async function walkOn(tx: Tx): Promise<Array<{ account_id: number; number: number }>> {
  const after = await lockLocation(tx);
  if (after === undefined) return [];
  const { rows } = await sql<{ account_id: number; number: number }>`
    select account_id, number
    from tickets
    where number > ${after}::bigint
      and not is_closed
      and not is_resolved
    order by number
    limit ${AT_ONCE}
  `.execute(tx);
  const next = rows.length < AT_ONCE ? '' : String(rows.at(-1)?.number);
  await sql`update followers set cursor = ${next} where name = 'sla_recount'`.execute(tx);
  return rows;
}

/** Where the walk is, until the commit: a change at the same moment begins another one, which must not be overwritten. */
async function lockLocation(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ cursor: string }>`
    select cursor
    from followers
    where name = 'sla_recount' and cursor <> ''
    for update
  `.execute(tx);
  return rows[0]?.cursor;
}
