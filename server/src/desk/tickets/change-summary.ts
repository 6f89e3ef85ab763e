import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { addWords, emptyWords, replaceWords, wordsOf } from '#platform/text/search-words.ts';
import type { TicketRow } from './schema.ts';

/**
 * A ticket is found by what it says now, no longer by an earlier summary or alias or by a comment that has left it. One
 * that has gone back to where it was split from is found by its number alone.
 */
export async function reindexSummary(tx: Tx, ticket: TicketRow) {
  const { account_id, number, summary, client_aliased_name } = ticket;
  if (hasGoneBack(ticket)) return replaceWords(account_id, number, emptyWords()).execute(tx);
  await replaceWords(account_id, number, wordsOf(summary, client_aliased_name)).execute(tx);
  let isTaking = true;
  for (let texts = await nextTexts(tx, ticket, 0); isTaking && texts.length > 0; ) {
    const words = wordsOf(...texts.map(({ body }) => body));
    if (words.count > 0) {
      const { numAffectedRows } = await addWords(account_id, number, words).execute(tx);
      isTaking = numAffectedRows !== 0n; // a ticket takes so many words and no more
    }
    texts = await nextTexts(tx, ticket, texts.at(-1)?.id ?? 0);
  }
}

const AT_ONCE_BYTES = 32 * 1024; // of short comments together; a longer one goes by itself

/** The texts behind a comment in the order of writing: a ticket may have thousands of them, or 64 MiB. */
async function nextTexts(tx: Tx, { account_id, number }: TicketRow, after: number) {
  const { rows } = await sql<{ id: number; body: string }>`
    select id, body
    from (
      select id, body, row_number() over (order by id) as place, sum(octet_length(body)) over (order by id) as up_to
      from (
        select id, body
        from comments
        where account_id = ${account_id} and ticket_number = ${number} and not is_internal and id > ${after}
        order by id
        limit 500
      ) as behind
    ) as sized
    where place = 1 or up_to <= ${AT_ONCE_BYTES}
    order by id
  `.execute(tx);
  return rows;
}

const hasGoneBack = ({ merged_into_ticket_number: whole, splitted_from_ticket_number: source }: TicketRow) =>
  whole !== null && whole === source;
