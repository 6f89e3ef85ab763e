import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

interface Retagging {
  tag: string;
  /** Null removes the tag. */
  becomes: string | null;
  limit: number;
}

/** Changes a tag on some of the tickets that have it; tags stay unique and sorted. Returns how many tickets. */
export async function retag(tx: Tx, { tag, becomes, limit }: Retagging): Promise<number> {
  const rest = sql`array_remove(tags, ${tag})`;
  const { rowCount } = await sql`
    with chosen as (
      select account_id, number
      from tickets
      where tags @> array[${tag}] and tags <> '{}'
      order by account_id, number
      limit ${limit}
      for update
    )
    update tickets
    set tags = array(
          select one
          from unnest(${becomes === null ? rest : sql`${rest} || ${becomes}::text`}) as one
          group by one
          order by one collate "C"
        ),
        staff_version = staff_version + 1
    from chosen
    where tickets.account_id = chosen.account_id and tickets.number = chosen.number
  `.execute(tx);
  return rowCount;
}
