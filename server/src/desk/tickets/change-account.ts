/** Lets an admin move a ticket to another account, when it was opened under the wrong one. */
import type { StaffActor } from '#actor.ts';
import { indexTicket } from '#desk/search/texts.ts';
import { conflict, invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { isOfType, record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { copyRows, deleteRows } from './account-rows.ts';
import { findTicket, lockTicket } from './find.ts';
import { touched } from './move.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';

/** References to contacts of the account that a ticket leaves: removed, and restored when the ticket comes back. */
interface People {
  client_emails: string[];
  client_aliased_name: string | null;
  /** The project it was visible to, which the other account does not have. */
  access_level?: string;
  keystone_projects?: string[];
  /** The contact of each comment and of each event, by id. */
  comments: Record<string, string>;
  events: Record<string, string>;
}

/**
 * Moves a ticket and everything in it to another account, under the same number. Moving it back undoes this. Contacts
 * of the new account can see the conversation, those of the old account no longer can.
 */
export async function moveToAccount(
  tx: Tx,
  actor: StaffActor,
  number: number,
  accountId: number,
): Promise<TicketRow> {
  const { account_id: from } = await findTicket(tx, actor, number);
  await lockAccounts(tx, from, accountId);
  const ticket = await lockTicket(tx, actor, number);
  if (ticket.account_id === accountId) {
    throw conflict('same_account', 'The ticket already belongs to this account.');
  }
  if (ticket.account_id !== from)
    throw conflict('ticket_moved', 'The ticket was moved to another account in the meantime. Read it again.');
  await refuse(tx, 'move', ticket); // refuses a linked ticket: the other one would stay behind
  const people = await findPeople(tx, ticket);
  await copyRows(tx, { from, to: accountId, number });
  await deleteRows(tx, { from, number });
  await changePeople(tx, accountId, number, await findPeopleOf(tx, accountId, number));
  await countAccounts(tx, ticket, accountId);
  const moved = await findTicket(tx, actor, number);
  await indexTicket(tx, accountId, number);
  await record(tx, actor, 'ticket.removed', { account_id: from, number, data: { to_account_id: accountId } });
  const data = { from_account_id: from, people };
  await record(tx, actor, 'ticket.moved', { account_id: accountId, number, data });
  return moved;
}

/** Locks both accounts' counters, in one order for all, before the ticket. */
async function lockAccounts(tx: Tx, from: number, to: number) {
  const { rows } = await sql<{ account_id: number }>`
    select account_id
    from account_state
    where account_id in (${from}, ${to})
    order by account_id
    for update
  `.execute(tx);
  if (rows.some(({ account_id }) => account_id === to)) return;
  throw invalid('invalid_request', 'There is no such account.', [
    { pointer: '/account_id', detail: 'is unknown' },
  ]);
}

async function findPeople(tx: Tx, ticket: TicketRow): Promise<People> {
  const { account_id, number, client_emails, client_aliased_name, access_level, keystone_projects } = ticket;
  const result = await sql<Pick<People, 'comments' | 'events'>>`
    select
      (
        select coalesce(jsonb_object_agg(id, user_id), '{}')
        from comments
        where account_id = ${account_id} and ticket_number = ${number} and user_id is not null
      ) as comments,
      (
        select coalesce(jsonb_object_agg(id, user_id), '{}')
        from events
        where account_id = ${account_id} and ticket_number = ${number} and user_id is not null
          and not ${isOfType('ticket.removed')}
      ) as events
  `.execute(tx);
  return { client_emails, client_aliased_name, access_level, keystone_projects, ...oneRow(result) };
}

/** The contacts that the ticket had when it last left this account; none when it never did. */
async function findPeopleOf(tx: Tx, accountId: number, number: number): Promise<People> {
  const { rows } = await sql<{ people: People | null }>`
    select data -> 'people' as people
    from events
    where account_id = ${accountId}
      and ticket_number = ${number}
      and ${isOfType('ticket.moved')}
      and data -> 'from_account_id' = ${String(accountId)}::jsonb
    order by epoch desc, events.xid desc, id desc
    limit 1
  `.execute(tx);
  const people = rows[0]?.people; // an account that was erased since has none
  if (people) return { ...people, client_emails: people.client_emails.filter((email) => email !== '') };
  return { client_emails: [], client_aliased_name: null, comments: {}, events: {} };
}

/** Contact ids are only unique within an account: without this, they would refer to somebody else. */
async function changePeople(tx: Tx, accountId: number, number: number, people: People) {
  const { client_emails, client_aliased_name, comments, events } = people;
  const { access_level = 'account_users', keystone_projects = [] } = people;
  await sql`
    update tickets
    set client_emails = ${client_emails}, client_aliased_name = ${client_aliased_name},
        access_level = ${access_level}, keystone_projects = ${keystone_projects}, ${touched}
    where account_id = ${accountId} and number = ${number}
  `.execute(tx);
  await sql`
    update comments
    set user_id = ${JSON.stringify(comments)}::jsonb ->> id::text
    where account_id = ${accountId} and ticket_number = ${number}
  `.execute(tx);
  await sql`
    update events
    set user_id = ${JSON.stringify(events)}::jsonb ->> id::text
    where account_id = ${accountId} and ticket_number = ${number} and not ${isOfType('ticket.removed')}
  `.execute(tx);
}

async function countAccounts(tx: Tx, { account_id: from, is_closed }: TicketRow, to: number) {
  const counter = sql.id(is_closed ? 'tickets_closed' : 'tickets_open');
  await sql`
    update account_state
    set ${counter} = ${counter} + case when account_id = ${to} then 1 else -1 end
    where account_id in (${from}, ${to})
  `.execute(tx);
}
