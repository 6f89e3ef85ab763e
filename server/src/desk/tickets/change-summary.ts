import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { addWords, replaceWords } from '#desk/search/client-index.ts';
import type { Tx } from '#platform/db/database.ts';
import { appendWords, emptyWords, type SearchWords, wordsOf } from '#platform/text/search-words.ts';
import type { TicketRow } from './schema.ts';

/**
 * Rebuilds the search words of a ticket, so that it is no longer found by an earlier summary or alias, or by a comment
 * that has left it. A ticket whose split was undone is found by its number only.
 */
export async function reindexSummary(tx: Tx, ticket: TicketRow) {
  const { account_id, number, summary, client_aliased_name } = ticket;
  if (isSplitUndone(ticket)) return replaceWords(account_id, number, emptyWords()).execute(tx);
  let words = wordsOf(summary, client_aliased_name);
  let write = replaceWords; // later texts are added
  for await (const body of bodiesOf(tx, ticket)) {
    const own = wordsOf(body);
    if (appendWords(words, own)) continue;
    const { numAffectedRows } = await write(account_id, number, words).execute(tx);
    if (numAffectedRows === 0n) return; // a ticket has a maximum number of words
    [words, write] = [own, addWordsTo];
  }
  await write(account_id, number, words).execute(tx);
}

const addWordsTo = (account_id: number, number: number, words: SearchWords) =>
  addWords([{ account_id, number, words }]);

const AT_ONCE_BYTES = 1024 * 1024; // of comments read at once; a ticket may have 64 MiB of them
const TURN_BYTES = 32 * 1024; // whose words are found before the event loop gets its turn

/** The texts of comments that clients see, in the order of writing. */
async function* bodiesOf(tx: Tx, ticket: TicketRow): AsyncGenerator<string> {
  let bytes = 0;
  for (let after = 0, hasMore = true; hasMore; ) {
    const rows = await nextBodies(tx, ticket, after);
    for (const { body } of rows) {
      yield body;
      bytes += body.length;
      if (bytes < TURN_BYTES) continue;
      await setImmediate();
      bytes = 0;
    }
    const last = rows.at(-1);
    after = last?.id ?? 0;
    hasMore = last?.has_more ?? false;
  }
}

async function nextBodies(tx: Tx, { account_id, number }: TicketRow, after: number) {
  const { rows } = await sql<{ id: number; body: string; has_more: boolean }>`
    select id, body, last_id > id as has_more
    from (
      select id, body, row_number() over (order by id) as place, sum(octet_length(body)) over (order by id) as up_to,
        max(id) over () as last_id
      from comments
      where account_id = ${account_id} and ticket_number = ${number} and not is_internal and id > ${after}
    ) as sized
    where place = 1 or up_to <= ${AT_ONCE_BYTES}
    order by id
  `.execute(tx);
  return rows;
}

const isSplitUndone = ({
  merged_into_ticket_number: target,
  splitted_from_ticket_number: source,
}: TicketRow) => target !== null && target === source;
