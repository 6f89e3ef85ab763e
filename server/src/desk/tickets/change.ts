import { sql } from 'kysely';
import type { Actor, ClientActor, StaffActor } from '#actor.ts';
import { invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { record, recordingEach } from '#platform/events/events.ts';
import { checkAccess } from './access.ts';
import type { TicketAccess } from './access-schema.ts';
import { reindexSummary } from './change-summary.ts';
import { type ExpectedVersion, findTicket, lockTicket } from './find.ts';
import { touched } from './move.ts';
import { uniqueEmails, unknownTopic } from './open.ts';
import type { StaffTicketChange, TicketChange, TicketRow, Triage } from './schema.ts';

/** Sets the alias of the client and whom to notify. Fields left out stay unchanged. */
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

/** Sets the fields that staff decide. Fields left out stay unchanged. */
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

/** SQL that sets who can see the ticket. Fields left out stay unchanged. */
async function changedAccess(tx: Tx, actor: Actor, before: TicketRow, change: TicketAccess) {
  const { access_level = before.access_level, keystone_projects = before.keystone_projects } = change;
  await checkAccess(tx, actor, { access_level, keystone_projects });
  return sql`access_level = ${access_level}, keystone_projects = ${keystone_projects}`;
}

/** Sets the internal fields of a ticket: its client notices nothing. */
async function triageTicket(tx: Tx, actor: StaffActor, before: TicketRow, change: Triage) {
  const { assignee_id } = change;
  if (assignee_id && assignee_id !== before.assignee_id) await lockAssignee(tx, assignee_id);
  await triageEach(tx, actor, [{ before, change }]);
}

interface Triaging {
  before: TicketRow;
  change: Triage;
}

/** The same for many tickets at once. The caller has locked them and the assignees. Returns the changed tickets. */
export async function triageEach(tx: Tx, actor: StaffActor, triages: Triaging[]): Promise<TicketRow[]> {
  const after = triages.map(({ before, change: { tags, ...change } }) => ({
    ...before,
    ...change,
    tags: tags ? tagsOf(tags) : before.tags,
    staff_version: before.staff_version + 1,
  }));
  const rows = after.map((ticket, i) => {
    const { account_id, number, priority, tags, assignee_id, external_id } = ticket;
    const data = triages[i] && differenceIn(triages[i].before, ticket, triages[i].change);
    return { account_id, number, priority, tags, assignee_id, external_id, data };
  });
  await sql`
    with triaged as (
      update tickets
      set priority = wanted.priority, tags = wanted.tags, assignee_id = wanted.assignee_id,
          external_id = wanted.external_id, staff_version = staff_version + 1
      from jsonb_to_recordset(${JSON.stringify(rows)}) as wanted (
        account_id bigint, number bigint, priority text, tags text[], assignee_id bigint, external_id text, data jsonb
      )
      where tickets.account_id = wanted.account_id and tickets.number = wanted.number
      returning tickets.account_id, tickets.number, wanted.data
    )
    ${recordingEach(actor, 'ticket.triaged', sql`(select * from triaged order by account_id, number) as triaged`)}
  `.execute(tx);
  return after;
}

/** Lower-case, distinct and sorted. */
export const tagsOf = (tags: string[]) => [...new Set(tags.map((tag) => tag.trim().toLowerCase()))].sort();

/** Prevents a member from being disabled until the commit. Throws a 400 when they are disabled or do not exist. */
export async function lockAssignee(tx: Tx, staffId: number, pointer = '/assignee_id') {
  const found = await lockAssignees(tx, [staffId]);
  if (!found.has(staffId)) throw unknownAssignee(pointer);
}

/** The same for several members: returns those who exist and are not disabled. */
export async function lockAssignees(tx: Tx, staffIds: number[]): Promise<Set<number>> {
  const { rows } = await sql<{ staff_id: number }>`
    select staff_id
    from staff
    where staff_id = any(${staffIds}::bigint[]) and disabled_at is null
    order by staff_id
    for share
  `.execute(tx);
  return new Set(rows.map(({ staff_id }) => staff_id));
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
  const { account_id, number } = before;
  await record(tx, actor, 'ticket.changed', {
    account_id,
    number,
    data: differenceIn(before, after, change),
  });
  return after;
}

/** The fields of a change, before and after. */
function differenceIn(before: TicketRow, after: TicketRow, change: object) {
  const names = Object.keys(change) as Array<keyof TicketRow>; // the fields of every change are columns of a ticket
  const pick = (ticket: TicketRow) => Object.fromEntries(names.map((name) => [name, ticket[name]]));
  return { before: pick(before), after: pick(after) };
}

const withoutUndefined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>; // of the same keys
