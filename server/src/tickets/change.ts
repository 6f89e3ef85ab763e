import { sql } from 'kysely';
import type { ClientActor, StaffActor } from '../actor.ts';
import type { Tx } from '../db/database.ts';
import { record } from '../events/events.ts';
import { addWords, restartWords, wordsOf } from '../search/words.ts';
import { findTicket, lockTicket, touched } from './find.ts';
import { uniqueEmails, unknownTopic } from './open.ts';
import type { StaffTicketChange, TicketChange, TicketRow } from './schema.ts';

/** Sets who speaks for the account and whom to notify. A field that is left out stays as it is. */
export async function changeTicket(
  tx: Tx,
  actor: ClientActor,
  number: number,
  change: TicketChange,
  expectedVersion?: number,
): Promise<TicketRow> {
  const before = await lockTicket(tx, actor, number, expectedVersion);
  const { client_aliased_name = before.client_aliased_name, client_emails } = change;
  await sql`
    update tickets
    set client_aliased_name = ${client_aliased_name},
        client_emails = ${client_emails ? uniqueEmails(client_emails) : before.client_emails},
        ${touched}
    where account_id = ${before.account_id} and number = ${number}
  `.execute(tx);
  return changed(tx, actor, before, change);
}

/** Sets what support decides about a ticket. A field that is left out stays as it is. */
export async function changeTicketAsStaff(
  tx: Tx,
  actor: StaffActor,
  number: number,
  change: StaffTicketChange,
  expectedVersion?: number,
): Promise<TicketRow> {
  const before = await lockTicket(tx, actor, number, expectedVersion);
  const { summary = before.summary, topic_key = before.topic_key, type = before.type } = change;
  const { numAffectedRows } = await sql`
    update tickets
    set summary = ${summary}, topic_key = ${topic_key}, type = ${type},
        ${touched}
    where account_id = ${before.account_id}
      and number = ${number}
      and (
        ${topic_key}::text is null
        or topic_key = ${topic_key}
        or exists (select from topics where key = ${topic_key} and archived_at is null)
      )
  `.execute(tx);
  if (numAffectedRows === 0n) throw unknownTopic();
  return changed(tx, actor, before, change);
}

async function changed(
  tx: Tx,
  actor: ClientActor | StaffActor,
  before: TicketRow,
  change: TicketChange | StaffTicketChange,
): Promise<TicketRow> {
  const after = await findTicket(tx, actor, before.number);
  if (after.summary !== before.summary || after.client_aliased_name !== before.client_aliased_name) {
    await rewordSearch(tx, after);
  }
  const names = Object.keys(change) as Array<keyof TicketRow>; // the fields of both changes are columns of a ticket
  const pick = (ticket: TicketRow) => Object.fromEntries(names.map((name) => [name, ticket[name]]));
  await record(tx, actor, 'ticket.changed', {
    account_id: before.account_id,
    number: before.number,
    data: { before: pick(before), after: pick(after) },
  });
  return after;
}

/** A ticket is found by what it says now: an earlier summary or alias finds it no more. */
async function rewordSearch(tx: Tx, { account_id, number, summary, client_aliased_name }: TicketRow) {
  await restartWords(account_id, number, wordsOf(summary, client_aliased_name)).execute(tx);
  const { rows } = await sql<{ body: string }>`
    select body
    from comments
    where account_id = ${account_id} and ticket_number = ${number} and not is_internal
    order by id
  `.execute(tx);
  for (const { body } of rows) await addWords(account_id, number, wordsOf(body)).execute(tx);
}
