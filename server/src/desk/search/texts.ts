/**
 * Writes the search index: a row for each text, with its words. `comment_id` is 0 for what stands in the ticket itself:
 * its number, summary, alias and addresses. The row of a comment also has the names of its files. Rows are written in
 * the transaction that writes the text, so that it is found at once.
 *
 * What the client sees is stored twice: with the account before each word (`:17:disk`), so that a client's search reads
 * no other account's postings, and without, for staff. What only staff see is stored without, so no client finds it.
 * The alias is stored once more, as a name (`@maria`), for the queue's filter by client.
 */
import { setImmediate } from 'node:timers/promises';
import type { Db, Tx } from '#platform/db/database.ts';
import { type Sql, sql } from '#platform/sql.ts';
import {
  accountMark,
  addText,
  CLIENT_NAME,
  differingStems,
  emptyWords,
  vectorOf,
  wordsOf,
} from '#platform/text/search-words.ts';

/** The words of a text as SQL takes them: a tsvector without stems, and the words that have stems. */
export interface SearchText {
  vector: string;
  stems: Array<{ prefixes: string[]; russian: string[]; english: string[] }>;
}

/** The words of what the client sees, of what only staff see, and of a client's name, which is among what is seen. */
function searchText(
  accountId: number,
  shared: string[],
  internal: string[] = [],
  clientName = '',
): SearchText {
  const seen = emptyWords();
  for (const text of shared) addText(seen, text);
  const own = emptyWords(seen.count); // no phrase spans the two
  for (const text of internal) addText(own, text);
  const parts = [
    { words: seen, prefixes: ['', accountMark(accountId)] },
    { words: own, prefixes: [''] },
    { words: wordsOf(clientName), prefixes: [CLIENT_NAME] },
  ];
  return {
    vector: parts
      .flatMap(({ words, prefixes }) => prefixes.map((prefix) => vectorOf(words, prefix)))
      .join(' '),
    stems: parts
      .map(({ words, prefixes }) => ({ prefixes, russian: [...words.russian], english: [...words.english] }))
      .filter(({ russian, english }) => russian.length + english.length > 0),
  };
}

/** Of a ticket: what stands in the ticket itself. */
interface TicketText {
  summary: string;
  client_aliased_name?: string | null | undefined;
  client_emails?: string[] | undefined;
}

export function ticketText(accountId: number, ticket: TicketText): SearchText {
  const { summary, client_aliased_name, client_emails } = ticket;
  const alias = client_aliased_name ?? '';
  return searchText(accountId, [summary, alias], client_emails, alias);
}

export const commentText = (
  accountId: number,
  body: string,
  isInternal: boolean,
  fileNames = '',
): SearchText =>
  isInternal ? searchText(accountId, [], [body, fileNames]) : searchText(accountId, [body], [fileNames]);

/** SQL for the words of a row of `text`. A ticket is found by its number, as a whole. */
export const wordsOfText = sql`
  text.vector::tsvector || (
    select coalesce(array_to_tsvector(array_agg(prefix || '=' || stem)), '')
    from jsonb_to_recordset(text.stems) as part (prefixes text[], russian text[], english text[])
    cross join lateral ${differingStems(sql.raw('russian'), sql.raw('english'))}
    cross join unnest(prefixes) as prefix
  ) || case when text.comment_id = 0
    then array_to_tsvector(array['#' || text.number, ':' || text.account_id || ':#' || text.number])
    else ''
  end
`;

/** SQL that inserts rows. `source` has their keys with `vector` and `stems`. */
export const insertTexts = (source: Sql) => sql`
  insert into search_texts (account_id, number, comment_id, words)
  select account_id, number, comment_id, ${wordsOfText}
  from ${source} as text
`;

interface TextRow extends SearchText {
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
  if (rows.length === 0) return;
  await sql`
    update search_texts
    set words = ${wordsOfText}, padding = default
    from ${textRows(rows)} as text
    where ${isRowOf}
  `.execute(tx);
}

const isRowOf = sql.raw(`
  search_texts.account_id = text.account_id
  and search_texts.number = text.number
  and search_texts.comment_id = text.comment_id
`);

/** SQL that adds the names of files to the row of their comment. */
export const addFileNames = (comment: Omit<TextRow, keyof SearchText>, names: string[]) => sql`
  update search_texts
  set words = search_texts.words || ${wordsOfText}, padding = default
  from ${textRows([{ ...comment, ...searchText(comment.account_id, [], [names.join(' ')]) }])} as text
  where ${isRowOf}
`;

/** Indexes tickets anew by their current summary, alias and addresses. Their comments stay as they are. */
export async function rewriteTickets(tx: Tx, accountId: number, numbers: number[]) {
  const which = sql`number = any(${numbers}::bigint[]) and comment_id = 0`;
  for await (const rows of readTexts(tx, accountId, which)) await rewrite(tx, rows);
}

/** Indexes comments anew by their current texts and files. */
export async function rewriteComments(tx: Tx, accountId: number, ids: number[]) {
  if (ids.length === 0) return;
  const which = sql`comment_id = any(${ids}::bigint[])`;
  for await (const rows of readTexts(tx, accountId, which)) await rewrite(tx, rows);
}

/** Indexes all texts of a ticket that has no rows. */
export async function indexTicket(tx: Tx, accountId: number, number: number) {
  for await (const rows of readTexts(tx, accountId, sql`number = ${number}`)) {
    await insertTexts(textRows(rows)).execute(tx);
  }
}

/** Deletes the rows of a ticket. */
export async function forgetTicket(tx: Tx, accountId: number, number: number) {
  await sql`
    delete from search_texts
    where account_id = ${accountId} and number = ${number}
  `.execute(tx);
}

/**
 * SQL that copies the rows of comments of the ticket `from` to the ticket `to`. `copies` names SQL with the `id` and the
 * `new_id` of each.
 */
export const copyTexts = (accountId: number, { from, to }: { from: number; to: number }, copies: Sql) => sql`
  insert into search_texts (account_id, number, comment_id, words)
  select ${accountId}, ${to}, copies.new_id, search_texts.words
  from ${copies} as copies
  join search_texts
    on search_texts.account_id = ${accountId}
    and search_texts.number = ${from}
    and search_texts.comment_id = copies.id
`;

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

const AT_ONCE_BYTES = 1024 * 1024; // of comments read at once; a ticket may have 64 MiB of them
const TURN_BYTES = 32 * 1024; // whose words are found before the event loop gets its turn

interface StoredText {
  number: number;
  comment_id: number;
  /** The summary of a ticket. */
  body: string;
  is_internal: boolean;
  client_aliased_name: string | null;
  client_emails: string[];
  file_names: string;
  has_more: boolean;
}

/**
 * The rows for the current texts of tickets and comments, in batches. `which` selects them by number and comment_id. A
 * ticket whose split was undone is found by its number only: its comments are found where they came from.
 */
async function* readTexts(db: Db, accountId: number, which: Sql) {
  for (let after = -1, hasMore = true; hasMore; ) {
    // The sizes are summed up without reading the texts, which is done for those of the batch.
    const { rows } = await sql<StoredText>`
      select number, comment_id, body, is_internal, client_aliased_name, client_emails, last_id > comment_id as has_more,
        coalesce((select string_agg(file ->> 'name', ' ') from jsonb_array_elements(files) as file), '') as file_names
      from (
        select texts.*, row_number() over in_order as place, max(comment_id) over () as last_id,
          sum(octet_length(body)) over in_order as up_to
        from (${currentTexts(accountId)}) as texts
        where comment_id > ${after} and ${which}
        window in_order as (order by comment_id, number)
      ) as sized
      where place = 1 or comment_id = 0 or up_to <= ${AT_ONCE_BYTES}
      order by comment_id, number
    `.execute(db);
    yield await rowsOf(accountId, rows);
    const last = rows.at(-1);
    after = last?.comment_id ?? 0;
    hasMore = last?.has_more ?? false;
  }
}

async function rowsOf(accountId: number, texts: StoredText[]): Promise<TextRow[]> {
  const rows: TextRow[] = [];
  let bytes = 0;
  for (const { number, comment_id, body, is_internal, file_names, ...ticket } of texts) {
    const text =
      comment_id === 0
        ? ticketText(accountId, { summary: body, ...ticket })
        : commentText(accountId, body, is_internal, file_names);
    rows.push({ account_id: accountId, number, comment_id, ...text });
    bytes += body.length;
    if (bytes < TURN_BYTES) continue;
    await setImmediate();
    bytes = 0;
  }
  return rows;
}

const hasGoneBack = sql.raw('coalesce(merged_into_ticket_number = splitted_from_ticket_number, false)');

/** All texts of an account. */
const currentTexts = (accountId: number) => sql`
  select number, 0::bigint as comment_id, false as is_internal, '[]'::jsonb as files,
    case when ${hasGoneBack} then '' else summary end as body,
    case when not ${hasGoneBack} then client_aliased_name end as client_aliased_name,
    case when ${hasGoneBack} then '{}' else client_emails end as client_emails
  from tickets
  where account_id = ${accountId}
  union all
  select ticket_number, id, is_internal, files, body, null, '{}'
  from comments
  where account_id = ${accountId}
    and not exists (
      select from tickets
      where tickets.account_id = ${accountId} and tickets.number = ticket_number and ${hasGoneBack}
    )
`;
