/**
 * Support's search: the words of all accounts' tickets, notes among them. They are written after the commit, from the
 * events, by one process at a time, so that no client waits for it: a ticket is found within a second.
 */
import { setImmediate } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db/database.ts';
import type { FeedPlace } from '../events/feed.ts';
import { feedFollower } from '../events/feed-follower.ts';
import { searchQuery, wordsOf } from './words.ts';

const AT_ONCE = 100; // events
/** Words that fewer tickets have are looked up at once; others are asked of each ticket in the queue's own order. */
const RARE = 2000;
const MAX_TICKET_BYTES = 500_000; // as of a client's words
const MAX_BYTES = 150_000; // of words added to one ticket at once; the text that reaches it is indexed whole
const MAX_TICKET_TEXT = 4_000_000; // bytes of comments that are read: more words than these have are not kept

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

/** The tickets with these words; undefined when they are too many to be looked up. */
async function listNumbers(db: Db, query: string): Promise<number[] | undefined> {
  const { rows } = await sql<{ number: number }>`
    select number
    from staff_search
    where words @@ ${query}::tsquery
    limit ${RARE}
  `.execute(db);
  if (rows.length < RARE) return rows.map(({ number }) => number);
  if (common.size === MAX_COMMON) common.clear();
  common.set(query, Date.now() + COMMON_MS);
  return undefined;
}

const MAX_COMMON = 1000;
const COMMON_MS = 600_000;
/** What was found common, and until when that is taken for granted: it chooses a plan, never a result. */
const common = new Map<string, number>();
const isCommon = (query: string) => (common.get(query) ?? 0) > Date.now();

/** Indexes the next events, unless another process does; returns whether more are left. */
export const indexForStaff = feedFollower({
  name: 'staff_search',
  batchSize: AT_ONCE,
  prepare: splitTexts,
  async apply(tx, { added, whole }) {
    await addTexts(tx, added, false);
    await addTexts(tx, whole, true);
  },
});

/** After these the words are made anew: some may have gone. */
const rewording = new Set([
  'ticket.changed',
  'ticket.merged',
  'ticket.unmerged',
  'ticket.unsplit',
  'comment.redacted',
  'file.redacted',
  'note.redacted',
  'ticket.moved',
]);

async function splitTexts(db: Db, places: FeedPlace[]) {
  const changed = places.filter(({ type }) => rewording.has(type));
  const isWhole = new Set(changed.map(({ ticket_number }) => ticket_number));
  const opened = places.filter(({ type }) => type === 'ticket.opened');
  const comments = places.filter(
    ({ comment_id, ticket_number }) => comment_id !== null && !isWhole.has(ticket_number),
  );
  return {
    added: await split([...(await commentTexts(db, comments)), ...(await ticketTexts(db, opened))]),
    whole: await split(await ticketTexts(db, changed)),
  };
}

interface Text {
  account_id: number;
  number: number;
  text: string;
}

/** Names come first: of a text that is too long the end is not indexed. */
const bodyWithFiles = sql.raw(`concat_ws(
  ' ', (select string_agg(file ->> 'name', ' ') from jsonb_array_elements(comments.files) as file), comments.body
)`);

interface Words {
  account_id: number;
  number: number;
  words: Set<string>;
  bytes: number;
}

/** The words of each ticket. Between two texts the event loop has its turn: together they may be long. */
async function split(texts: Text[]): Promise<Words[]> {
  const tickets = new Map<number, Words>();
  for (const { account_id, number, text } of texts) {
    const ticket = tickets.get(number) ?? { account_id, number, words: new Set([`#${number}`]), bytes: 0 };
    tickets.set(number, ticket);
    for (const word of ticket.bytes < MAX_BYTES ? wordsOf(text) : []) {
      ticket.words.add(word);
      ticket.bytes += Buffer.byteLength(word);
    }
    await setImmediate();
  }
  return [...tickets.values()];
}

async function commentTexts(db: Db, places: FeedPlace[]): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select account_id, ticket_number as number, ${bodyWithFiles} as text
    from comments
    where (account_id, id) in (${pairs(places, ({ comment_id }) => comment_id)})
  `.execute(db);
  return rows;
}

/** All texts of these tickets; of each, comments up to some megabytes. */
async function ticketTexts(db: Db, places: FeedPlace[]): Promise<Text[]> {
  const { rows } = await sql<Text>`
    with asked as (
      select account_id, number, summary, client_aliased_name, client_emails,
        merged_into_ticket_number is not distinct from splitted_from_ticket_number
          and merged_into_ticket_number is not null as has_gone_back
      from tickets
      where (account_id, number) in (${pairs(places, ({ ticket_number }) => ticket_number)})
    )
    select account_id, number, case when has_gone_back then '' else summary end as text
    from asked
    union all
    select account_id, number, client_aliased_name
    from asked
    where client_aliased_name is not null and not has_gone_back
    union all
    select account_id, number, unnest(client_emails)
    from asked
    where not has_gone_back
    union all
    select account_id, number, body
    from asked
    cross join lateral (
      select ${bodyWithFiles} as body, sum(octet_length(body)) over (order by id) as bytes
      from comments
      where comments.account_id = asked.account_id and comments.ticket_number = asked.number
    ) as written
    where bytes < ${MAX_TICKET_TEXT} and not has_gone_back
  `.execute(db);
  return rows;
}

const pairs = (places: FeedPlace[], idOf: (place: FeedPlace) => number | null) => sql`
  select *
  from unnest(${places.map(({ account_id }) => account_id)}::bigint[], ${places.map(idOf)}::bigint[])
`;

/** `isWhole`: these are all the words that the ticket has now. */
async function addTexts(tx: Tx, tickets: Words[], isWhole: boolean) {
  if (tickets.length === 0) return;
  const words = tickets.flatMap(({ account_id, number, words }) =>
    [...words].map((word) => ({ account_id, number, word })),
  );
  await sql`
    with words as materialized (
      select *
      from unnest(
        ${words.map(({ account_id }) => account_id)}::bigint[],
        ${words.map(({ number }) => number)}::bigint[],
        ${words.map(({ word }) => word)}::text[]
      ) as words (account_id, number, word)
    ), lexemes as (
      select account_id, number, word from words
      union all
      select account_id, number, '=' || unnest(ts_lexize('russian_stem', word)) from words where word ~ '^[а-я]+$'
      union all
      select account_id, number, '=' || unnest(ts_lexize('english_stem', word)) from words where word ~ '^[a-z]+$'
    )
    insert into staff_search (account_id, number, words)
    select account_id, number, array_to_tsvector(array_agg(word))
    from lexemes
    group by account_id, number
    on conflict (account_id, number) do update
    set words = case when ${isWhole} then excluded.words else staff_search.words || excluded.words end,
        padding = default
    where ${isWhole} or pg_column_size(staff_search.words) < ${MAX_TICKET_BYTES}
  `.execute(tx);
}
