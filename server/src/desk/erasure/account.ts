/** Erases an account with everything in it. */
import { droppedTables, ticketTables } from '#desk/tickets/account-rows.ts';
import { lockAccount } from '#desk/tickets/find.ts';
import { deleteAccount } from '#people/accounts/forget.ts';
import { forgetContacts } from '#people/sso/forget.ts';
import { deleteTokensOf } from '#people/tokens/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { forgetSavedResponses, forgetStaffResponses } from '#platform/http/saved-responses.ts';
import { sql } from '#platform/sql.ts';
import { changeSavedPeople } from './moved-away.ts';
import type { Step } from './run.ts';
import type { Erasure } from './schema.ts';

const TICKETS_AT_ONCE = 20;
const COMMENTS_AT_ONCE = 2000; // a single ticket may have more
const EVENTS_AT_ONCE = 2000;

export async function eraseAccountBatch(tx: Tx, { account_id }: Erasure): Promise<Step> {
  await lockAccount(tx, account_id);
  const numbers = await chooseTickets(tx, account_id);
  if (numbers.length > 0) return eraseTickets(tx, account_id, numbers);
  await changeSavedPeople(tx, account_id, sql`events.data - 'people'`);
  const events = await eraseEvents(tx, account_id);
  if (events === EVENTS_AT_ONCE) return { removed: { events }, blobs: [], isDone: false };
  const rest = await eraseRest(tx, account_id);
  return { ...rest, removed: { ...rest.removed, events }, isDone: true };
}

async function chooseTickets(tx: Tx, accountId: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number
    from (
      select number, sum(comment_count) over (order by number) - comment_count as before
      from (
        select number, comment_count
        from tickets
        where account_id = ${accountId}
        order by number
        limit ${TICKETS_AT_ONCE}
      ) as next
    ) as counted
    where before < ${COMMENTS_AT_ONCE}
  `.execute(tx);
  return rows.map(({ number }) => number);
}

async function eraseTickets(tx: Tx, accountId: number, numbers: number[]): Promise<Step> {
  const removed: Record<string, number> = {};
  const blobs: string[] = [];
  for (const [table, column] of Object.entries({ ...ticketTables, ...droppedTables }).reverse()) {
    const { rows } = await sql<{ blob?: string }>`
      delete from ${sql.id(table)}
      where account_id = ${accountId} and ${sql.id(column)} = any(${numbers}::bigint[])
      returning ${table === 'files' ? sql`blob` : sql`1`}
    `.execute(tx);
    if (reported.has(table)) removed[table] = rows.length;
    if (table === 'files') blobs.push(...rows.map(({ blob = '' }) => blob));
  }
  await forgetStaffResponses(tx, `"(number|ticket_number)":(${numbers.join('|')})[,}]`);
  return { removed, blobs, isDone: false };
}

/** The tables whose rows the report counts. Rows of other tables belong to these. */
const reported = new Set(['tickets', 'comments', 'files', 'votes', 'drafts', 'delayed_replies', 'events']);

async function eraseEvents(tx: Tx, accountId: number): Promise<number> {
  const { rowCount } = await sql`
    delete from events
    using (
      select epoch, xid, id from events where account_id = ${accountId} limit ${EVENTS_AT_ONCE}
    ) as chosen
    where events.account_id = ${accountId}
      and events.epoch = chosen.epoch
      and events.xid = chosen.xid
      and events.id = chosen.id
  `.execute(tx);
  return rowCount;
}

/** Erases what does not belong to a ticket, and the account itself. */
async function eraseRest(tx: Tx, accountId: number) {
  const uploads = await sql<{ blob: string }>`
    delete from files where account_id = ${accountId} returning blob
  `.execute(tx);
  await forgetSavedResponses(tx, accountId);
  const people = await forgetContacts(tx, accountId, null);
  const tokens = await deleteTokensOf(tx, accountId);
  const accounts = await deleteAccount(tx, accountId);
  await forgetStaffResponses(tx, `"account_id":${accountId}[,}]`);
  const blobs = uploads.rows.map(({ blob }) => blob);
  return { removed: { uploads: blobs.length, people, tokens, accounts }, blobs };
}
