import { isDeepStrictEqual } from 'node:util';
import type { ClientActor, StaffActor } from '#actor.ts';
import { rewriteTickets } from '#desk/search/texts.ts';
import { invalid } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordEach, recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { checkAccess } from './access.ts';
import { type ExpectedVersion, findTicket, listTicketsByKey, lockTicket } from './find.ts';
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
  const { client_aliased_name, access_level, keystone_projects } = { ...before, ...change };
  const { client_emails } = change;
  await checkAccess(tx, actor, { access_level, keystone_projects });
  await sql`
    update tickets
    set client_aliased_name = ${client_aliased_name},
        client_emails = ${client_emails ? uniqueEmails(client_emails) : before.client_emails},
        access_level = ${access_level}, keystone_projects = ${keystone_projects}, ${touched}
    where account_id = ${before.account_id} and number = ${number}
  `.execute(tx);
  const after = await findTicket(tx, actor, number);
  await recordChanges(tx, actor, [{ before, after, change }]);
  return after;
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

  const [after] = await changeEach(tx, actor, [{ before, change: visible }]);
  if (!after) throw unknownTopic();
  return after;
}

type Visible = Omit<StaffTicketChange, keyof Triage>;

/**
 * Sets what clients see of many tickets, which the caller has locked. Returns those that changed: a topic that is
 * archived or does not exist leaves its ticket out.
 */
export async function changeEach(
  tx: Tx,
  actor: StaffActor,
  changes: Array<Changing<Visible>>,
): Promise<TicketRow[]> {
  const wanted = changes.map(({ before, change }) => {
    const { account_id, number, summary, topic_key, type, access_level, keystone_projects } = {
      ...before,
      ...change,
    };
    const client_emails = change.client_emails ? uniqueEmails(change.client_emails) : before.client_emails;
    return { account_id, number, summary, topic_key, type, client_emails, access_level, keystone_projects };
  });
  for (const access of wanted) await checkAccess(tx, actor, access);
  const { rows } = await sql<{ account_id: number; number: number }>`
    update tickets
    set summary = wanted.summary, topic_key = wanted.topic_key, type = wanted.type,
        client_emails = wanted.client_emails, access_level = wanted.access_level,
        keystone_projects = wanted.keystone_projects, ${touched}
    from jsonb_to_recordset(${JSON.stringify(wanted)}) as wanted (
      account_id bigint, number bigint, summary text, topic_key text, type text, client_emails text[],
      access_level text, keystone_projects text[]
    )
    where tickets.account_id = wanted.account_id
      and tickets.number = wanted.number
      and (
        wanted.topic_key is null
        or tickets.topic_key = wanted.topic_key
        or exists (select from topics where key = wanted.topic_key and archived_at is null)
      )
    returning tickets.account_id, tickets.number
  `.execute(tx);
  const after = new Map(
    (await listTicketsByKey(tx, actor, rows)).map((ticket) => [ticket.number, ticket] as const),
  );
  const done = changes.flatMap(({ before, change }) => {
    const ticket = after.get(before.number);
    return ticket ? { before, after: ticket, change } : [];
  });
  await recordChanges(tx, actor, done);
  return done.map((one) => one.after);
}

/** Sets the internal fields of a ticket: its client notices nothing. */
async function triageTicket(tx: Tx, actor: StaffActor, before: TicketRow, change: Triage) {
  const { assignee_id } = change;
  if (assignee_id && assignee_id !== before.assignee_id) await lockAssignee(tx, assignee_id);
  await triageEach(tx, actor, [{ before, change }]);
}

interface Changing<T> {
  before: TicketRow;
  change: T;
}

/** The same for many tickets at once. The caller has locked them and the assignees. Returns the changed tickets. */
export async function triageEach(
  tx: Tx,
  actor: StaffActor,
  triages: Array<Changing<Triage>>,
): Promise<TicketRow[]> {
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

interface Changed extends Changing<TicketChange | Visible> {
  after: TicketRow;
}

/** Records the changes. The search words follow the summary, the alias and the addresses. */
async function recordChanges(tx: Tx, actor: ClientActor | StaffActor, changes: Changed[]) {
  const accounts = Map.groupBy(changes.filter(changesText), ({ before }) => before.account_id);
  for (const [accountId, those] of accounts) {
    await rewriteTickets(
      tx,
      accountId,
      those.map(({ before }) => before.number),
    );
  }
  const events = changes.map(({ before, after, change }) => {
    const { account_id, number } = before;
    return { account_id, number, data: differenceIn(before, after, change) };
  });
  await recordEach(tx, actor, 'ticket.changed', events);
}

const changesText = ({ before, after }: Changed) =>
  after.summary !== before.summary ||
  after.client_aliased_name !== before.client_aliased_name ||
  !isDeepStrictEqual(after.client_emails, before.client_emails);

/** The fields of a change, before and after. */
function differenceIn(before: TicketRow, after: TicketRow, change: object) {
  const names = Object.keys(change) as Array<keyof TicketRow>; // the fields of every change are columns of a ticket
  const pick = (ticket: TicketRow) => Object.fromEntries(names.map((name) => [name, ticket[name]]));
  return { before: pick(before), after: pick(after) };
}

const withoutUndefined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>; // of the same keys
