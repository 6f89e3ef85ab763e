/**
 * Writes the search index: a row for each text, with its words. `comment_id` is 0 for what stands in the ticket itself:
 * its number, summary, alias and addresses. The row of a comment also has the names of its files. Rows are written in
 * the transaction that writes the text, so that it is found at once.
 *
 * What the client sees is stored twice: with the account before each word (`17:disk`), so that a client's search reads
 * no other account's postings, and without, for staff. What only staff see is stored without, so no client finds it.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import {
  addText,
  emptyWords,
  incompleteMarkOf,
  type SearchWords,
  vectorOf,
} from '#platform/text/search-words.ts';

/** The words of a text as SQL takes them: a tsvector without stems, and the words that have stems. */
export interface SearchText {
  vector: string;
  stems: Array<{ prefixes: string[]; russian: string[]; english: string[] }>;
}

/** The words of what the client sees, and of what only staff see. */
export function searchText(accountId: number, shared: string[], internal: string[] = []): SearchText {
  const [seen, own] = [emptyWords(), emptyWords()];
  for (const text of shared) addText(seen, text);
  own.count = seen.count; // no phrase spans the two
  for (const text of internal) addText(own, text);
  const parts = [
    { words: seen, prefixes: ['', `${accountId}:`] },
    { words: own, prefixes: [''] },
  ];
  return {
    vector: parts.flatMap(({ words, prefixes }) => prefixes.map((prefix) => marked(words, prefix))).join(' '),
    stems: parts
      .map(({ words, prefixes }) => ({ prefixes, russian: [...words.russian], english: [...words.english] }))
      .filter(({ russian, english }) => russian.length + english.length > 0),
  };
}

const marked = (words: SearchWords, prefix: string) => vectorOf(words, prefix, incompleteMarkOf(words));

/** Of a ticket: what stands in the ticket itself. */
export interface TicketText {
  summary: string;
  client_aliased_name?: string | null | undefined;
  client_emails?: string[] | undefined;
}

export const ticketText = (accountId: number, ticket: TicketText) =>
  searchText(accountId, [ticket.summary, ticket.client_aliased_name ?? ''], ticket.client_emails);

export const commentText = (accountId: number, body: string, isInternal: boolean, fileNames = '') =>
  isInternal ? searchText(accountId, [], [body, fileNames]) : searchText(accountId, [body], [fileNames]);

/** SQL for the words of a row of `text`. A ticket is found by its number, as a whole. */
export const wordsOfText = sql.raw(`
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral (
      select unnest(ts_lexize('russian_stem', word)) from unnest(russian) as word
      union all
      select unnest(ts_lexize('english_stem', word)) from unnest(english) as word
    ) as stemmed (stem)
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, text.account_id || ':#' || text.number])
    else ''
  end
`);

/** SQL that inserts rows. `source` has their keys with `vector` and `stems`. */
export const insertTexts = (source: RawBuilder<unknown>) => sql`
  insert into search_texts (account_id, number, comment_id, words)
  select account_id, number, comment_id, ${wordsOfText}
  from ${source} as text
`;

export interface TextRow extends SearchText {
  account_id: number;
  number: number;
  comment_id: number;
}

/** SQL for rows with their keys, `vector` and `stems`. */
export const textRows = (rows: TextRow[]) => sql`(
  select *
  from jsonb_to_recordset(${JSON.stringify(rows)}) as given (
    account_id bigint, number bigint, comment_id bigint, vector text, stems jsonb
  )
)`;

/** Replaces the words of rows. A text that is not indexed stays so: a ticket whose split was undone has no comments. */
async function rewrite(tx: Tx, rows: TextRow[]) {
  await sql`
    update search_texts
    set words = ${wordsOfText}, padding = default
    from ${textRows(rows)} as text
    where search_texts.account_id = text.account_id
      and search_texts.number = text.number
      and search_texts.comment_id = text.comment_id
  `.execute(tx);
}

/** Indexes tickets anew by their current summary, alias and addresses. Their comments stay as they are. */
export async function rewriteTickets(tx: Tx, accountId: number, numbers: number[]) {
  await rewrite(tx, await readTickets(tx, accountId, numbers));
}

/** Indexes comments anew by their current texts and files. */
export async function rewriteComments(tx: Tx, accountId: number, ids: number[]) {
  for await (const rows of readComments(tx, accountId, sql`id = any(${ids}::bigint[])`)) {
    await rewrite(tx, rows);
  }
}

/** Indexes all texts of a ticket anew. A ticket whose split was undone is found by its number only. */
export async function rebuildTexts(tx: Tx, accountId: number, number: number) {
  await sql`
    delete from search_texts
    where account_id = ${accountId} and number = ${number}
  `.execute(tx);
  await insertTexts(textRows(await readTickets(tx, accountId, [number]))).execute(tx);
  const areFound = sql`ticket_number = ${number} and not exists (
    select from tickets
    where account_id = ${accountId} and number = ${number} and ${hasGoneBack}
  )`;
  for await (const rows of readComments(tx, accountId, areFound)) {
    await insertTexts(textRows(rows)).execute(tx);
  }
}

/** After comments have moved between tickets: moves their rows out of these tickets to where the comments are. */
export async function moveTexts(tx: Tx, accountId: number, numbers: number[]) {
  await sql`
    update search_texts
    set number = comments.ticket_number, padding = default
    from comments
    where search_texts.account_id = ${accountId}
      and search_texts.number = any(${numbers}::bigint[])
      and comments.account_id = ${accountId}
      and comments.id = search_texts.comment_id
      and comments.ticket_number <> search_texts.number
  `.execute(tx);
}

/** SQL for whether a split was undone: the comments of the ticket are found where they came from. */
const hasGoneBack = sql.raw('coalesce(merged_into_ticket_number = splitted_from_ticket_number, false)');

async function readTickets(tx: Tx, accountId: number, numbers: number[]): Promise<TextRow[]> {
  const { rows } = await sql<TicketText & { number: number; has_gone_back: boolean }>`
    select number, summary, client_aliased_name, client_emails, ${hasGoneBack} as has_gone_back
    from tickets
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
  `.execute(tx);
  return rows.map(({ number, has_gone_back, ...ticket }) => ({
    account_id: accountId,
    number,
    comment_id: 0,
    ...(has_gone_back ? searchText(accountId, []) : ticketText(accountId, ticket)),
  }));
}

const AT_ONCE_BYTES = 256 * 1024; // of comments in one statement; a ticket may have 64 MiB of them

interface Comment {
  id: number;
  ticket_number: number;
  body: string;
  is_internal: boolean;
  file_names: string;
  has_more: boolean;
}

/** The rows of the comments that `condition` selects, in batches. */
async function* readComments(db: Db, accountId: number, condition: RawBuilder<unknown>) {
  for (let after = 0, hasMore = true; hasMore; ) {
    const { rows } = await sql<Comment>`
      select id, ticket_number, body, is_internal, file_names, last_id > id as has_more
      from (
        select id, ticket_number, body, is_internal, row_number() over (order by id) as place,
          sum(octet_length(body)) over (order by id) as up_to, max(id) over () as last_id,
          coalesce((select string_agg(file ->> 'name', ' ') from jsonb_array_elements(files) as file), '') as file_names
        from comments
        where account_id = ${accountId} and id > ${after} and ${condition}
      ) as sized
      where place = 1 or up_to <= ${AT_ONCE_BYTES}
      order by id
    `.execute(db);
    yield rows.map(({ id, ticket_number, body, is_internal, file_names }) => ({
      account_id: accountId,
      number: ticket_number,
      comment_id: id,
      ...commentText(accountId, body, is_internal, file_names),
    }));
    const last = rows.at(-1);
    after = last?.id ?? 0;
    hasMore = last?.has_more ?? false;
  }
}
