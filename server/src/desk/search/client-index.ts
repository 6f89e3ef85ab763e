/**
 * Clients' search: the words of tickets with their public comments. They are written in the statement that writes the
 * ticket or the comment, so that a client finds at once what it has written.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import {
  incompleteMark,
  MAX_TICKET_BYTES,
  type SearchWords,
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

/** SQL that adds words to the search row of a ticket. */
export function addWords(
  accountId: number,
  number: RawBuilder<number> | number,
  words: SearchWords,
): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = words || ${ticketWords(accountId, words)} || ${incompleteMark(`${accountId}:`, sql`word_count + ${words.count}`)},
        word_count = word_count + ${words.count},
        padding = default
    where account_id = ${accountId}
      and number = ${number}
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
