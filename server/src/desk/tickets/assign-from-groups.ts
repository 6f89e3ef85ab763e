/** Assigns tickets to the members of their topics' groups. */
import { type Actor, system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordingEach } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { TicketRow } from './schema.ts';
import { wanted } from './wanted.ts';

const BATCH_SIZE = 1000; // tickets per statement

export type Assigned = Pick<TicketRow, 'account_id' | 'number' | 'topic_key' | 'assignee_id'>;

/**
 * Assigns each ticket of a client to the member of its topic's group who has the fewest open tickets. A ticket that has
 * an assignee, or that was split off, stays as it is.
 */
export async function assignFromGroups(tx: Tx, tickets: Array<Pick<TicketRow, 'account_id' | 'number'>>) {
  const { rows } = await sql<Assigned>`
    select account_id, number, topic_key, assignee_id
    from ${wanted(tickets)}
    join tickets using (account_id, number)
    where topic_key is not null
      and assignee_id is null
      and is_client_author
      and splitted_from_ticket_number is null
      and not is_closed
    order by account_id, number
    for update of tickets
  `.execute(tx);
  if (rows.length === 0) return;
  const chosen = await chooseFromGroups(tx, rows);
  await assignEach(
    tx,
    system,
    chosen.filter(({ next }) => next !== null),
  );
}

interface Chosen extends Assigned {
  /** Null when the group has nobody. */
  next: number | null;
}

export async function chooseFromGroups(tx: Tx, tickets: Assigned[]): Promise<Chosen[]> {
  const groups = await listGroups(tx, tickets);
  return tickets.map((ticket) => ({ ...ticket, next: assignLeastBusy(groups.get(ticket.topic_key)) }));
}

interface Member {
  staff_id: number;
  open_tickets: number;
}

/** By topic. A member of several groups is the same object in each. Skips a member who is being disabled. */
async function listGroups(tx: Tx, tickets: Assigned[]): Promise<Map<string | null, Member[]>> {
  const keys = [...new Set(tickets.map(({ topic_key }) => topic_key))];
  const { rows } = await sql<Member & { key: string }>`
    select topics.key, staff.staff_id, open_tickets
    from topics
    join staff on staff.staff_id = any(topics.assignee_ids)
    cross join lateral (
      select count(*)
      from tickets
      where assignee_id = staff.staff_id and not is_closed
    ) as theirs (open_tickets)
    where topics.key = any(${keys}) and disabled_at is null
    order by staff.staff_id
    for share of staff skip locked
  `.execute(tx);
  const members = new Map(
    rows.map(({ staff_id, open_tickets }) => [staff_id, { staff_id, open_tickets }] as const),
  );
  const groups = new Map<string | null, Member[]>();
  for (const { key, staff_id } of rows) {
    const member = members.get(staff_id);
    if (member) groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}

/** Picks the member with the fewest tickets, and counts the ticket for them. */
function assignLeastBusy(group: Member[] = []): number | null {
  const [first, ...others] = group;
  if (!first) return null;
  const member = others.reduce((least, one) => (one.open_tickets < least.open_tickets ? one : least), first);
  member.open_tickets++;
  return member.staff_id;
}

/** `more` is added to the data of the events. */
export async function assignEach(tx: Tx, actor: Actor, tickets: Chosen[], more: object = {}) {
  for (let i = 0; i < tickets.length; i += BATCH_SIZE)
    await assignBatch(tx, actor, tickets.slice(i, i + BATCH_SIZE), more);
}

async function assignBatch(tx: Tx, actor: Actor, tickets: Chosen[], more: object) {
  const columns = {
    accounts: tickets.map(({ account_id }) => account_id),
    numbers: tickets.map(({ number }) => number),
    before: tickets.map(({ assignee_id }) => assignee_id),
    next: tickets.map(({ next }) => next),
  };
  await sql`
    with assigned as (
      update tickets
      set assignee_id = next, staff_version = staff_version + 1
      from unnest(
        ${columns.accounts}::bigint[], ${columns.numbers}::bigint[], ${columns.before}::bigint[], ${columns.next}::bigint[]
      ) as chosen (account_id, number, before, next)
      where tickets.account_id = chosen.account_id and tickets.number = chosen.number
      returning tickets.account_id, tickets.number, jsonb_build_object(
        'before', jsonb_build_object('assignee_id', before), 'after', jsonb_build_object('assignee_id', next)
      ) || ${JSON.stringify(more)}::jsonb as data
    )
    ${recordingEach(actor, 'ticket.triaged', sql`(select * from assigned order by account_id, number) as assigned`)}
  `.execute(tx);
}
