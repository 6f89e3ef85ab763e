/**
 * Clients' search: the words of tickets with their public comments. They are written in the statement that writes the
 * ticket or the comment, so that a client finds at once what it has written.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import {
  incompleteMark,
  incompleteMarkOf,
  MAX_TICKET_BYTES,
  type SearchWords,
  stemVector,
  vectorOf,
  wordVector,
} from '#platform/text/search-words.ts';

/**
 * SQL for a tsvector of words. Each is prefixed with its account, so that no search finds another account's tickets.
 */
export const ticketWords = (accountId: number, words: SearchWords) => wordVector(words, `${accountId}:`);

/** SQL for the first words of a ticket: these, and its number, which is found only as a whole. */
export const initialWords = (accountId: number, number: RawBuilder<number> | number, words: SearchWords) =>
  sql`${ticketWords(accountId, words)} || array_to_tsvector(array[${`${accountId}:#`} || ${number}])`;

/** SQL that inserts the search row of the ticket that `ticket` selects. */
export const insertWords = (accountId: number, ticket: RawBuilder<unknown>, words: SearchWords) => sql`
  insert into ticket_search (account_id, number, words, word_count)
  select ${accountId}, number, ${initialWords(accountId, sql`number`, words)}, ${words.count}::int
  from ${ticket}
`;

interface TicketWords {
  account_id: number;
  number: number;
  words: SearchWords;
}

/** SQL that adds words to the search rows of these tickets. */
export function addWords(tickets: TicketWords[]): RawBuilder<unknown> {
  const rows = tickets.map(({ account_id, number, words }) => {
    const prefix = `${account_id}:`;
    const vector = vectorOf(words, prefix, incompleteMarkOf(words));
    const [russian, english] = [[...words.russian], [...words.english]];
    return { account_id, number, prefix, vector, russian, english, count: words.count };
  });
  const stems = stemVector(sql`added.prefix`, sql`added.russian`, sql`added.english`);
  return sql`
    update ticket_search
    set words = words || added.vector::tsvector || ${stems} || ${incompleteMark(sql`added.prefix`, sql`word_count + added.count`)},
        word_count = word_count + added.count,
        padding = default
    from jsonb_to_recordset(${JSON.stringify(rows)}) as added (
      account_id bigint, number bigint, prefix text, vector text, russian text[], english text[], count int
    )
    where ticket_search.account_id = added.account_id
      and ticket_search.number = added.number
      and pg_column_size(words) < ${MAX_TICKET_BYTES}
  `;
}

/** SQL that replaces the search row of a ticket, because some words must no longer be found. */
export function replaceWords(accountId: number, number: number, words: SearchWords): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = ${initialWords(accountId, sql`number`, words)}, word_count = ${words.count}, padding = default
    where account_id = ${accountId} and number = ${number}
  `;
}

/** SQL that marks the search rows of the tickets of `wanted` as closed or open: searches count both. */
export const markClosed = (wanted: RawBuilder<unknown>, isClosed: boolean) => sql`
  update ticket_search
  set is_closed = ${isClosed}
  from ${wanted}
  where ticket_search.account_id = wanted.account_id and ticket_search.number = wanted.number
`;

/** Inserts a search row without words, which the caller adds. */
export async function insertEmptyWords(tx: Tx, accountId: number, number: number, isClosed: boolean) {
  await sql`
    insert into ticket_search (account_id, number, is_closed, words)
    values (${accountId}, ${number}, ${isClosed}, '')
  `.execute(tx);
}
