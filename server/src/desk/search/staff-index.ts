/**
 * Staff search: the words of all accounts' tickets, including notes. Indexed after the commit from the events, by one
 * process at a time, so that no client waits for it: a ticket is found within a second.
 */
import { setImmediate } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { feedFollower } from '#platform/events/feed-follower.ts';
import type { RecordedEvent } from '#platform/events/read.ts';
import { typesWhere } from '#platform/events/types.ts';
import { searchQuery } from '#platform/text/search-query.ts';
import {
  addText,
  emptyWords,
  incompleteMark,
  incompleteMarkOf,
  MAX_TICKET_BYTES,
  type SearchWords,
  vectorOf,
} from '#platform/text/search-words.ts';
import { fileNames, readTexts } from './ticket-texts.ts';

const BATCH_SIZE = 100; // events
export const STAFF_SEARCH = 'staff_search';
/**
 * Words in fewer tickets than this are looked up first; common ones are tested on each ticket in the queue's own
 * order.
 */
const MAX_RARE = 2000;

/** The condition that a ticket has these words. */
export async function findStaffWords(db: Db, typed: string): Promise<RawBuilder<unknown>> {
  const query = await searchQuery(db, 'all', typed);
  if (query === null) return sql`false`;
  const numbers = isCommon(query) ? undefined : await listNumbers(db, query);
  if (numbers) return sql`tickets.number = any(${numbers}::bigint[])`;
  return sql`exists (
    select from staff_search
    where staff_search.account_id = tickets.account_id
      and staff_search.number = tickets.number
      and staff_search.words @@ ${query}::tsquery
    offset 0
  )`;
}

/** The tickets with these words; undefined when there are too many to list. */
async function listNumbers(db: Db, query: string): Promise<number[] | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number
    from staff_search
    where words @@ ${query}::tsquery
    limit ${MAX_RARE}
  `.execute(db);
  if (rows.length < MAX_RARE) return rows.map(({ number }) => number);
  if (common.size === MAX_COMMON) common.clear();
  common.set(query, Date.now() + COMMON_MS);
  return undefined;
}

const MAX_COMMON = 1000;
const COMMON_MS = 600_000;
/** Queries with common words, and until when that is assumed. It affects the plan, never the result. */
const common = new Map<string, number>();
const isCommon = (query: string) => (common.get(query) ?? 0) > Date.now();

const rewriting = typesWhere(({ search }) => search === 'rewrites');

/** Indexes the next events unless another process does. Returns whether more are left. */
export const indexForStaff = feedFollower({
  name: STAFF_SEARCH,
  types: typesWhere(({ search = 'none' }) => search !== 'none'),
  startsAt: 'beginning',
  batchSize: BATCH_SIZE,
  prepare: splitTexts,
  async apply(tx, _events, { added, whole }) {
    await addStaffWords(tx, added, false);
    await addStaffWords(tx, whole, true);
  },
});

async function splitTexts(db: Db, events: RecordedEvent[]) {
  const rewritten = events.filter(({ type }) => rewriting.includes(type));
  const isWhole = new Set(rewritten.map(({ ticket_number }) => ticket_number));
  const comments = events.filter(
    ({ comment_id, ticket_number }) => comment_id !== null && !isWhole.has(ticket_number),
  );
  return {
    added: await split(await commentTexts(db, comments)),
    whole: await split(await readTexts(db, keysOf(rewritten))),
  };
}

const keysOf = (events: RecordedEvent[]) =>
  events.flatMap(({ account_id, ticket_number }) =>
    ticket_number === null ? [] : [{ account_id, number: ticket_number }],
  );

interface Text {
  account_id: number;
  number: number;
  text: string;
}

interface TicketWords {
  account_id: number;
  number: number;
  words: SearchWords;
}

/** The words of each ticket. Yields to the event loop between texts, which may be long in total. */
async function split(texts: Text[]): Promise<TicketWords[]> {
  const tickets = new Map<number, TicketWords>();
  for (const { account_id, number, text } of texts) {
    const ticket = tickets.get(number) ?? { account_id, number, words: emptyWords() };
    tickets.set(number, ticket);
    addText(ticket.words, text);
    await setImmediate();
  }
  return [...tickets.values()];
}

async function commentTexts(db: Db, events: RecordedEvent[]): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select account_id, ticket_number as number, unnest(array[${fileNames}, body]) as text
    from comments
    where (account_id, id) in (${pairs(events, ({ comment_id }) => comment_id)})
  `.execute(db);
  return rows;
}

const pairs = (events: RecordedEvent[], idOf: (event: RecordedEvent) => number | null) => sql`
  select *
  from unnest(${events.map(({ account_id }) => account_id)}::bigint[], ${events.map(idOf)}::bigint[])
`;

/** `isWhole`: these words replace all that the ticket has. */
export async function addStaffWords(tx: Tx, tickets: TicketWords[], isWhole: boolean) {
  if (tickets.length === 0) return;
  const stemmed = (language: 'russian' | 'english') =>
    tickets.flatMap(({ account_id, number, words }) =>
      Array.from(words[language], (word) => ({ account_id, number, word })),
    );
  const vectors = tickets.map(({ number, words }) =>
    vectorOf(words, '', [`#${number}`, ...incompleteMarkOf(words)]),
  );
  await sql`
    with given as (
      select *
      from unnest(
        ${tickets.map(({ account_id }) => account_id)}::bigint[],
        ${tickets.map(({ number }) => number)}::bigint[],
        ${vectors}::text[],
        ${tickets.map(({ words }) => words.count)}::int[]
      ) as given (account_id, number, vector, word_count)
    ), stems as (
      select account_id, number, array_to_tsvector(array_agg('=' || stem)) as vector
      from (
        select account_id, number, unnest(ts_lexize('russian_stem', word)) as stem
        from ${listOf(stemmed('russian'))}
        union all
        select account_id, number, unnest(ts_lexize('english_stem', word))
        from ${listOf(stemmed('english'))}
      ) as stems
      group by account_id, number
    )
    insert into staff_search (account_id, number, words, word_count)
    select account_id, number, given.vector::tsvector || coalesce(stems.vector, ''), word_count
    from given
    left join stems using (account_id, number)
    on conflict (account_id, number) do update
    set words = case when ${isWhole} then excluded.words else
          staff_search.words || excluded.words
            || ${incompleteMark(sql`''`, sql`staff_search.word_count + excluded.word_count`)}
        end,
        word_count = excluded.word_count + case when ${isWhole} then 0 else staff_search.word_count end,
        padding = default
    where ${isWhole} or pg_column_size(staff_search.words) < ${MAX_TICKET_BYTES}
  `.execute(tx);
}

const listOf = (words: Array<{ account_id: number; number: number; word: string }>) => sql`
  unnest(
    ${words.map(({ account_id }) => account_id)}::bigint[],
    ${words.map(({ number }) => number)}::bigint[],
    ${words.map(({ word }) => word)}::text[]
  ) as words (account_id, number, word)
`;

/** Forgets what these tickets say, until an event of them is indexed. */
export async function forgetStaffWords(tx: Tx, accountId: number, numbers: number[]) {
  await sql`
    delete from staff_search
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
  `.execute(tx);
}
