/** All searched texts of tickets, in order. */
import { sql } from 'kysely';
import type { Db } from '#platform/db/database.ts';

const MAX_BYTES = 4_000_000; // per ticket; the index does not store more words than these have

export interface TicketText {
  account_id: number;
  number: number;
  text: string;
  /** An internal note, or what only staff search: addresses and names of files. */
  is_internal: boolean;
}

interface TicketKey {
  account_id: number;
  number: number;
}

/** The names of a comment's files. */
export const fileNames = sql.raw(`coalesce(
  (select string_agg(file ->> 'name', ' ') from jsonb_array_elements(comments.files) as file), ''
)`);

/** A ticket that an undone split has removed gives one empty text. */
export async function readTexts(db: Db, keys: TicketKey[]): Promise<TicketText[]> {
  const { rows } = await sql<TicketText>`
    with asked as (
      select account_id, number, summary, client_aliased_name, client_emails,
        coalesce(merged_into_ticket_number = splitted_from_ticket_number, false) as has_gone_back
      from tickets
      where (account_id, number) in (
        select *
        from unnest(
          ${keys.map(({ account_id }) => account_id)}::bigint[],
          ${keys.map(({ number }) => number)}::bigint[]
        )
      )
    )
    select account_id, number, text, is_internal
    from (
      select account_id, number, 0 as place, case when has_gone_back then '' else summary end as text, false as is_internal
      from asked
      union all
      select account_id, number, 1, client_aliased_name, false
      from asked
      where client_aliased_name is not null and not has_gone_back
      union all
      select account_id, number, 2, unnest(client_emails), true
      from asked
      where not has_gone_back
      union all
      select account_id, number, id, unnest(array[names, body]), unnest(array[true, is_internal])
      from asked
      cross join lateral (
        select id, body, is_internal, ${fileNames} as names, sum(octet_length(body)) over (order by id) as bytes
        from comments
        where comments.account_id = asked.account_id and comments.ticket_number = asked.number
      ) as written
      where bytes < ${MAX_BYTES} and not has_gone_back
    ) as texts
    order by number, place
  `.execute(db);
  return rows;
}
