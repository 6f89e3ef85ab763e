/** Reassigns tickets of disabled members to the group of their topic, or to nobody. */
import { sql } from 'kysely';
import { type Actor, system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { recordingEach } from '#platform/events/events.ts';
import type { TicketRow } from './schema.ts';

const BATCH_SIZE = 1000; // tickets per statement

type Assigned = Pick<TicketRow, 'account_id' | 'number' | 'topic_key' | 'assignee_id'>;

/** Reassigns all unresolved tickets of this disabled member. Returns how many. */
export async function releaseTicketsOf(tx: Tx, actor: Actor, staffId: number): Promise<number> {
  const { rows } = await sql<Assigned>`
    select account_id, number, topic_key, assignee_id
    from tickets
    where assignee_id = ${staffId} and not is_closed and not is_resolved
    order by account_id, number
    for update
  `.execute(tx);
  await release(tx, actor, rows);
  return rows.length;
}

/** For a ticket that may just have reopened. `before` is the ticket before the change. */
export async function releaseReopened(tx: Tx, before: TicketRow) {
  if (before.assignee_id !== null && (before.is_closed || before.is_resolved))
    await releaseDisabled(tx, before);
}

/**
 * Reassigns an open ticket whose assignee is disabled. They cannot be disabled concurrently: either this finds the
 * ticket, or the disabling does.
 */
export async function releaseDisabled(
  tx: Tx,
  { account_id, number }: Pick<TicketRow, 'account_id' | 'number'>,
) {
  const { rows } = await sql<Assigned & { is_disabled: boolean }>`
    select account_id, number, topic_key, assignee_id, disabled_at is not null as is_disabled
    from tickets
    join staff on staff_id = assignee_id
    where account_id = ${account_id} and number = ${number} and not is_closed and not is_resolved
    for share of staff
  `.execute(tx);
  await release(
    tx,
    system,
    rows.filter(({ is_disabled }) => is_disabled),
  );
}

async function release(tx: Tx, actor: Actor, tickets: Assigned[]) {
  if (tickets.length === 0) return;
  const groups = await listGroups(tx, tickets);
  const chosen = tickets.map((ticket) => ({
    ...ticket,
    next: assignLeastBusy(groups.get(ticket.topic_key)),
  }));
  for (let i = 0; i < chosen.length; i += BATCH_SIZE)
    await assignEach(tx, actor, chosen.slice(i, i + BATCH_SIZE));
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

async function assignEach(tx: Tx, actor: Actor, tickets: Array<Assigned & { next: number | null }>) {
  const columns = {
    accounts: tickets.map(({ account_id }) => account_id),
    numbers: tickets.map(({ number }) => number),
    before: tickets.map(({ assignee_id }) => assignee_id),
    next: tickets.map(({ next }) => next),
  };
  await sql`
    with released as (
      update tickets
      set assignee_id = next, staff_version = staff_version + 1
      from unnest(
        ${columns.accounts}::bigint[], ${columns.numbers}::bigint[], ${columns.before}::bigint[], ${columns.next}::bigint[]
      ) as chosen (account_id, number, before, next)
      where tickets.account_id = chosen.account_id and tickets.number = chosen.number
      returning tickets.account_id, tickets.number, jsonb_build_object(
        'before', jsonb_build_object('assignee_id', before), 'after', jsonb_build_object('assignee_id', next),
        'reason', 'assignee_disabled'
      ) as data
    )
    ${recordingEach(actor, 'ticket.triaged', sql`released`)}
  `.execute(tx);
}
