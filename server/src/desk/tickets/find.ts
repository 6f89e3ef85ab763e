import type { Actor } from '#actor.ts';
import { changedMeanwhile, notFound } from '#errors.ts';
import { batched } from '#platform/db/batch.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { NeedsOwnTransaction } from '#platform/db/sharing.ts';
import { sql } from '#platform/sql.ts';
import { seesAllOfAccount, visibleTo } from '#visible.ts';
import { factsForStaff } from './facts.ts';
import { withCan } from './rules.ts';
import type { StoredTicket, TicketRow } from './schema.ts';

/** The columns of a StoredTicket, for a query over `tickets` joined with `statuses`. */
const columns = `
  tickets.account_id, tickets.version, tickets.staff_version, tickets.has_reply, tickets.number, tickets.summary, statuses.name as status,
  tickets.status_key, tickets.type, tickets.topic_key, tickets.is_closed, tickets.is_resolved,
  tickets.is_client_author, tickets.is_client_read, tickets.is_await_client, tickets.is_await_support,
  tickets.client_aliased_name, tickets.client_emails, tickets.splitted_from_ticket_number,
  tickets.close_reason, tickets.vote, tickets.created_at, tickets.updated_at, tickets.closed_at, tickets.priority,
  tickets.tags, tickets.assignee_id, tickets.is_staff_read, tickets.waiting_since, tickets.first_response_at,
  tickets.resolved_at, tickets.due_at, tickets.first_response_due_at, tickets.resolution_due_at,
  tickets.merged_into_ticket_number, tickets.is_snoozed, tickets.snoozed_until, tickets.external_id,
  tickets.access_level, tickets.keystone_projects, tickets.notice_id, tickets.comment_count, tickets.comment_bytes,
  tickets.merged_at, tickets.merged_into_ticket_number is not null and tickets.before_merge is null as is_split_undone
`;
export const ticketColumns = sql.raw(columns);

/** Includes the facts that actions of staff depend on. */
const ticketColumnsFor = (actor: Actor) =>
  actor.kind === 'staff' ? sql`${ticketColumns}, ${factsForStaff}` : ticketColumns;

/** The same with other SQL for the vote, which may be much larger than the rest. */
export const ticketColumnsWithVote = (vote: string) => sql.raw(columns.replace('tickets.vote', vote));

export const ticketStatus = sql.raw('join statuses on statuses.key = tickets.status_key');

export async function findTicket(db: Db, actor: Actor, number: number): Promise<TicketRow> {
  const ticket =
    actor.kind === 'client' && seesAllOfAccount(actor) && !db.isTransaction
      ? await clientTicket(db, { accountId: actor.accountId, number })
      : await selectTicket(db, actor, number);
  if (!ticket) throw notFound('ticket');
  return withCan(actor, ticket);
}

/** Those of the given tickets that the actor can see, unordered. A null number matches none. */
export async function listTicketsByKey(
  db: Db,
  actor: Actor,
  keys: Array<{ account_id: number; number: number | null }>,
): Promise<TicketRow[]> {
  const [accounts, numbers] = [keys.map((key) => key.account_id), keys.map((key) => key.number)];
  const { rows } = await sql<StoredTicket>`
    select ${ticketColumnsFor(actor)}
    from (
      select distinct *
      from unnest(${genericArray(accounts, 'bigint')}, ${genericArray(numbers, 'bigint')})
    ) as wanted (account_id, number)
    join tickets using (account_id, number)
    ${ticketStatus}
    where ${visibleTo.tickets(actor)}
  `.execute(db);
  return rows.map((ticket) => withCan(actor, ticket));
}

/** The version that the caller has read. Staff also read a staff version. */
export interface ExpectedVersion {
  version: number;
  staffVersion: number | undefined;
}

/**
 * The ticket, locked until the commit. With `expected`, throws a 412 when it has changed since that version. Callers
 * that need the account's row as well lock it first (`lockAccountOf`): one order, which prevents deadlocks.
 */
export async function lockTicket(
  tx: Tx,
  actor: Actor,
  number: number,
  expected?: ExpectedVersion,
): Promise<TicketRow> {
  const found = tx.together
    ? await lockTogether(tx, actor, number)
    : await selectTicket(tx, actor, number, sql`for update`);
  if (!found) throw notFound('ticket');
  const ticket = withCan(actor, found);
  if (!expected) return ticket;
  const { version, staffVersion = ticket.staff_version } = expected;
  if (version !== ticket.version || staffVersion !== ticket.staff_version) throw changedMeanwhile();
  return ticket;
}

/** A shared transaction waits for nobody's lock. */
async function lockTogether(tx: Tx, actor: Actor, number: number): Promise<StoredTicket> {
  const found =
    actor.kind === 'client' && seesAllOfAccount(actor)
      ? await lockClientTicket(tx, { accountId: actor.accountId, number })
      : await selectTicket(tx, actor, number, sql`for update skip locked`);
  if (!found) throw new NeedsOwnTransaction(); // it is locked, or missing
  return found;
}

/** Locks the counters of the ticket's account until the commit. Returns the account's id. */
export async function lockAccountOf(tx: Tx, actor: Actor, number: number): Promise<number> {
  const { account_id } = await findTicket(tx, actor, number);
  await lockAccount(tx, account_id);
  return account_id;
}

/** For a shared transaction: locks the counters of the account until the commit, or leaves. */
export async function lockAccountTogether(tx: Tx, accountId: number) {
  if (!(await tryLockAccount(tx, accountId))) throw new NeedsOwnTransaction();
}

const tryLockAccount = batched<number, boolean, Tx>(async (tx, accountIds) => {
  const { rows } = await sql<{ account_id: number }>`
    select account_id
    from account_state
    where account_id = any(${accountIds}::bigint[])
    for update skip locked
  `.execute(tx);
  const locked = new Set(rows.map(({ account_id }) => account_id));
  return accountIds.map((accountId) => locked.has(accountId));
});

/**
 * Locks the counters of an account until the commit: none of its tickets can be split, merged, closed or reopened
 * meanwhile. False for an unknown account.
 */
export async function lockAccount(tx: Tx, accountId: number): Promise<boolean> {
  const { rows } = await sql`select from account_state where account_id = ${accountId} for update`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Locks the account's counters until the commit, and then the ticket. */
export async function lockAccountAndTicket(tx: Tx, actor: Actor, number: number): Promise<TicketRow> {
  await lockAccountOf(tx, actor, number);
  return lockTicket(tx, actor, number);
}

/**
 * Two tickets of one account, locked until the commit after its counters. Throws a 404 when either does not exist, or
 * belongs to another account.
 */
export async function lockAccountAndTickets(
  tx: Tx,
  actor: Actor,
  first: number,
  second: number,
): Promise<[TicketRow, TicketRow]> {
  const [one, other] = [await findTicket(tx, actor, first), await findTicket(tx, actor, second)];
  if (one.account_id !== other.account_id) throw notFound('ticket');
  await lockAccount(tx, one.account_id);
  return lockBothTickets(tx, actor, first, second);
}

/** The same when the account's counters are locked already. */
async function lockBothTickets(
  tx: Tx,
  actor: Actor,
  first: number,
  second: number,
): Promise<[TicketRow, TicketRow]> {
  const lower = await lockTicket(tx, actor, Math.min(first, second));
  const upper = await lockTicket(tx, actor, Math.max(first, second));
  return first < second ? [lower, upper] : [upper, lower];
}

/** Locks several tickets of one account until the commit, in one order for all. */
export async function lockTicketRows(tx: Tx, accountId: number, numbers: number[]) {
  await sql`
    select
    from tickets
    where account_id = ${accountId} and number = any(${numbers}::bigint[])
    order by number
    for update
  `.execute(tx);
}

/**
 * With `lock`, the row is locked before anything is joined to it. A row that another transaction has just changed is
 * checked again under the lock, and an earlier join would then use its previous state.
 */
async function selectTicket(
  db: Db,
  actor: Actor,
  number: number,
  lock = sql``,
): Promise<StoredTicket | undefined> {
  const { rows } = await sql<StoredTicket>`
    select ${ticketColumnsFor(actor)}
    from (
      select *
      from tickets
      where number = ${number} and ${visibleTo.tickets(actor)}
      ${lock}
    ) as tickets
    ${ticketStatus}
  `.execute(db);
  return rows[0];
}

/** visibleTo.tickets for many clients at once who see all of their accounts: each key has its own account. */
const clientTicket = batched(clientTickets());
const lockClientTicket = batched(clientTickets(sql`for update of tickets skip locked`));

function clientTickets(lock = sql``) {
  return async (db: Db, keys: Array<{ accountId: number; number: number }>) => {
    const [accounts, numbers] = [keys.map((key) => key.accountId), keys.map((key) => key.number)];
    const { rows } = await sql<StoredTicket>`
      select ${ticketColumns}
      from (
        select tickets.*
        from unnest(${genericArray(accounts, 'bigint')}, ${genericArray(numbers, 'bigint')}) as wanted (account_id, number)
        join tickets using (account_id, number)
        ${lock}
      ) as tickets
      ${ticketStatus}
    `.execute(db);
    const byKey = new Map(rows.map((row) => [`${row.account_id}/${row.number}`, row]));
    return keys.map(({ accountId, number }) => byKey.get(`${accountId}/${number}`));
  };
}
