import { sql } from 'kysely';
import type { Actor, ClientActor, StaffActor } from '#actor.ts';
import { invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { checkAccess } from './access.ts';
import type { TicketAccess } from './access-schema.ts';
import { reindexSummary } from './change-summary.ts';
import { type ExpectedVersion, findTicket, lockTicket } from './find.ts';
import { touched } from './move.ts';
import { uniqueEmails, unknownTopic } from './open.ts';
import type { StaffTicketChange, TicketChange, TicketRow, Triage } from './schema.ts';

/** Sets who speaks for the account and whom to notify. A field that is left out stays as it is. */
export async function changeTicket(
  tx: Tx,
  actor: ClientActor,
  number: number,
  change: TicketChange,
  expected?: ExpectedVersion,
): Promise<TicketRow> {
  const before = await lockTicket(tx, actor, number, expected);
  if (Object.keys(change).length === 0) return findTicket(tx, actor, number);
  const { client_aliased_name = before.client_aliased_name, client_emails } = change;
  const access = await changedAccess(tx, actor, before, change);
  await sql`
    update tickets
    set client_aliased_name = ${client_aliased_name},
        client_emails = ${client_emails ? uniqueEmails(client_emails) : before.client_emails},
        ${access}, ${touched}
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
  expected?: ExpectedVersion,
): Promise<TicketRow> {
  const before = await lockTicket(tx, actor, number, expected);
  const { priority, tags, assignee_id, external_id, ...visible } = change;
  const triage = withoutUndefined({ priority, tags, assignee_id, external_id });
  if (Object.keys(triage).length > 0) await triageTicket(tx, actor, before, triage);
  if (Object.keys(visible).length === 0) return findTicket(tx, actor, number);

  const {
    summary = before.summary,
    topic_key = before.topic_key,
    type = before.type,
    client_emails,
  } = visible;
  const access = await changedAccess(tx, actor, before, visible);
  const { numAffectedRows } = await sql`
    update tickets
    set summary = ${summary}, topic_key = ${topic_key}, type = ${type},
        client_emails = ${client_emails ? uniqueEmails(client_emails) : before.client_emails},
        ${access}, ${touched}
    where account_id = ${before.account_id}
      and number = ${number}
      and (
        ${topic_key}::text is null
        or topic_key = ${topic_key}
        or exists (select from topics where key = ${topic_key} and archived_at is null)
      )
  `.execute(tx);
  if (numAffectedRows === 0n) throw unknownTopic();
  return changed(tx, actor, before, visible);
}

/** SQL that sets who sees the ticket, of what is left out as it is. */
async function changedAccess(tx: Tx, actor: Actor, before: TicketRow, change: TicketAccess) {
  const { access_level = before.access_level, keystone_projects = before.keystone_projects } = change;
  await checkAccess(tx, actor, { access_level, keystone_projects });
  return sql`access_level = ${access_level}, keystone_projects = ${keystone_projects}`;
}

/** Sets what staff alone see of a ticket: its client notices nothing. */
async function triageTicket(tx: Tx, actor: StaffActor, before: TicketRow, change: Triage) {
  const { account_id, number } = before;
  const { priority = before.priority, tags, assignee_id = before.assignee_id } = change;
  const { external_id = before.external_id } = change;
  if (assignee_id !== null && assignee_id !== before.assignee_id) await lockAssignee(tx, assignee_id);
  await sql`
    update tickets
    set priority = ${priority}, tags = ${tags ? tagsOf(tags) : before.tags}, assignee_id = ${assignee_id},
        external_id = ${external_id}, staff_version = staff_version + 1
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await recordChange(tx, actor, 'ticket.triaged', before, await findTicket(tx, actor, number), change);
}

/** Lower-cased, each once, in order. */
export const tagsOf = (tags: string[]) => [...new Set(tags.map((tag) => tag.trim().toLowerCase()))].sort();

/** Keeps a member from being disabled until the commit; a 400 for one who is, or is not there. */
export async function lockAssignee(tx: Tx, staffId: number, pointer = '/assignee_id') {
  const { rows } = await sql`
    select
    from staff
    where staff_id = ${staffId} and disabled_at is null
    for share
  `.execute(tx);
  if (rows.length === 0) throw unknownAssignee(pointer);
}

const unknownAssignee = (pointer: string) =>
  invalid('unknown_assignee', 'There is no such staff member, or they are disabled.', [
    { pointer, detail: 'is not the id of a staff member who can be assigned' },
  ]);

async function changed(
  tx: Tx,
  actor: ClientActor | StaffActor,
  before: TicketRow,
  change: TicketChange | StaffTicketChange,
): Promise<TicketRow> {
  const after = await findTicket(tx, actor, before.number);
  if (after.summary !== before.summary || after.client_aliased_name !== before.client_aliased_name) {
    await reindexSummary(tx, after);
  }
  await recordChange(tx, actor, 'ticket.changed', before, after, change);
  return after;
}

/** Records the fields of a change as they were and as they are. */
async function recordChange(
  tx: Tx,
  actor: Actor,
  type: 'ticket.changed' | 'ticket.triaged',
  before: TicketRow,
  after: TicketRow,
  change: object,
) {
  const names = Object.keys(change) as Array<keyof TicketRow>; // the fields of every change are columns of a ticket
  const pick = (ticket: TicketRow) => Object.fromEntries(names.map((name) => [name, ticket[name]]));
  const { account_id, number } = before;
  await record(tx, actor, type, { account_id, number, data: { before: pick(before), after: pick(after) } });
}

const withoutUndefined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>; // of the same keys
