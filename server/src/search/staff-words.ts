/**
 * Support's search: the words of all accounts' tickets, notes among them. They are written after the commit, from the
 * events, by one process at a time, so that no client waits for it: a ticket is found within a second.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Database, Db, Tx } from '../db/database.ts';
import { type FeedPlace, readPlaces } from '../events/feed.ts';
import { moveCursor, takeCursor } from '../events/following.ts';
import { searchQuery, wordsOf } from './words.ts';

const AT_ONCE = 100; // events
/** Words that fewer tickets have are looked up at once; others are asked of each ticket in the queue's own order. */
const RARE = 2000;
const MAX_TICKET_BYTES = 500_000; // as of a client's words

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

/** Takes in what has happened since the last time, unless another process is at it; gives whether more is left. */
export async function indexForStaff(database: Database): Promise<boolean> {
  return database.db.transaction().execute(async (tx) => {
    const cursor = await takeCursor(tx, 'staff_search');
    if (cursor === undefined) return false;
    const places = await readPlaces(tx, cursor, AT_ONCE);
    const last = places.at(-1);
    if (!last) return false;
    await takeIn(tx, places);
    await moveCursor(tx, 'staff_search', last.cursor);
    return places.length === AT_ONCE;
  });
}

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

async function takeIn(tx: Tx, places: FeedPlace[]) {
  const changed = places.filter(({ type }) => rewording.has(type));
  const whole = new Set(changed.map(({ ticket_number }) => ticket_number));
  const opened = places.filter(({ type }) => type === 'ticket.opened');
  const comments = places.filter(
    ({ comment_id, ticket_number }) => comment_id !== null && !whole.has(ticket_number),
  );
  await addTexts(tx, await commentTexts(tx, comments), false);
  await addTexts(tx, await ticketTexts(tx, opened), false);
  await addTexts(tx, await ticketTexts(tx, changed), true);
}

interface Text {
  account_id: number;
  number: number;
  texts: string[];
}

/** Names come first: of a text that is too long the end is not indexed. */
const bodyWithFiles = sql.raw(`concat_ws(
  ' ', (select string_agg(file ->> 'name', ' ') from jsonb_array_elements(comments.files) as file), comments.body
)`);

async function commentTexts(tx: Tx, places: FeedPlace[]): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select account_id, ticket_number as number, array_agg(${bodyWithFiles}) as texts
    from comments
    where (account_id, id) in (${pairs(places, ({ comment_id }) => comment_id)})
    group by account_id, ticket_number
  `.execute(tx);
  return rows;
}

async function ticketTexts(tx: Tx, places: FeedPlace[]): Promise<Text[]> {
  const { rows } = await sql<Text>`
    select account_id, number,
      case when merged_into_ticket_number = splitted_from_ticket_number then '{}' else
        array[summary, coalesce(client_aliased_name, '')] || client_emails || array(
          select ${bodyWithFiles}
          from comments
          where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
          order by id
        )
      end as texts
    from tickets
    where (account_id, number) in (${pairs(places, ({ ticket_number }) => ticket_number)})
  `.execute(tx);
  return rows;
}

const pairs = (places: FeedPlace[], idOf: (place: FeedPlace) => number | null) => sql`
  select *
  from unnest(${places.map(({ account_id }) => account_id)}::bigint[], ${places.map(idOf)}::bigint[])
`;

/** `isWhole`: these are all the words that the ticket has now. */
async function addTexts(tx: Tx, tickets: Text[], isWhole: boolean) {
  if (tickets.length === 0) return;
  const words = tickets.flatMap(({ account_id, number, texts }) =>
    [...wordsOf(...texts), `#${number}`].map((word) => ({ account_id, number, word })),
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
