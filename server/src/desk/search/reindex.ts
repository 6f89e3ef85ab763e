/**
 * Rebuilds the search rows of all tickets, after an update of the product that indexes other words. Goes through the
 * tickets in order of their numbers and saves its position, so that it continues after a restart.
 */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { replaceWords } from '#desk/search/client-index.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { lockCursor } from '#platform/events/following.ts';
import { findWalk, moveWalk } from '#platform/events/walks.ts';
import { addText, emptyWords, type SearchWords } from '#platform/text/search-words.ts';
import { addStaffWords, STAFF_SEARCH } from './staff-index.ts';
import { readTexts, type TicketText } from './ticket-texts.ts';

const RUN_MS = 50_000; // the scheduler starts the job every minute

/** Returns when everything is done, or when its time is up. */
export async function reindexSearch(database: Database, runMs = RUN_MS): Promise<void> {
  const until = Date.now() + runMs;
  while (Date.now() < until && (await reindexNext(database)));
}

interface Ticket {
  account_id: number;
  number: number;
  version: number;
  staff_version: number;
  last_comment_id: number;
}

/** Reindexes the next ticket; false when there is none. */
async function reindexNext(database: Database): Promise<boolean> {
  const { db } = database;
  const after = await findWalk(db, 'search_reindex');
  if (after === '') return false;
  const ticket = await findNext(db, after);
  if (!ticket) {
    await moveWalk(db, 'search_reindex', after, '');
    return false;
  }
  const texts = await readTexts(db, [ticket]);
  const client = await split(texts.filter(({ is_internal }) => !is_internal));
  const staff = await split(texts);
  await database.transact(async (tx) => {
    if (!(await isUnchanged(tx, ticket))) return; // changed: read it again
    if (!(await moveWalk(tx, 'search_reindex', after, String(ticket.number)))) return; // another process has done it
    await lockCursor(tx, STAFF_SEARCH); // or the indexer could add words between our read and our write
    await replaceWords(ticket.account_id, ticket.number, client).execute(tx);
    await addStaffWords(tx, [{ ...ticket, words: staff }], true);
  });
  return true;
}

async function split(texts: TicketText[]): Promise<SearchWords> {
  const words = emptyWords();
  for (const { text } of texts) {
    addText(words, text);
    await setImmediate();
  }
  return words;
}

async function findNext(db: Db, after: string): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`
    select account_id, number, version, staff_version, ${lastComment} as last_comment_id
    from tickets
    where number > ${after}::bigint
    order by number
    limit 1
  `.execute(db);
  return rows[0];
}

/** Writing on a ticket locks it: from here to the commit nobody does. */
async function isUnchanged(tx: Tx, ticket: Ticket) {
  const { account_id, number, version, staff_version, last_comment_id } = ticket;
  await sql`
    select from tickets where account_id = ${account_id} and number = ${number} for update
  `.execute(tx);
  const { rows } = await sql`
    select
    from tickets
    where account_id = ${account_id} and number = ${number} and version = ${version} and staff_version = ${staff_version}
      and ${lastComment} = ${last_comment_id}
  `.execute(tx);
  return rows.length > 0;
}

const lastComment = sql.raw(`(
  select coalesce(max(id), 0)
  from comments
  where comments.account_id = tickets.account_id and comments.ticket_number = tickets.number
)`);
