/** What merges bring into their targets, in the database: the fields of tickets, and the records used to undo it. */
import type { Db, Tx } from '#platform/db/database.ts';
import { isOfType } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { Brought, MergeFields } from './merge-fields.ts';
import type { State } from './move.ts';
import type { TicketRow } from './schema.ts';
import { wanted } from './wanted.ts';

export type TicketKey = Pick<TicketRow, 'account_id' | 'number'>;

/** What unmerging restores in each ticket, and what it removes from the target. */
export interface BeforeMerge {
  source: Before;
  target: Before;
  /** The state in which the merge left the target. Like `brought`, missing in older merges. */
  targetAfter?: State;
  brought?: Brought;
}

export interface Before {
  state: State;
  is_staff_read: boolean;
}

export interface TicketFields extends MergeFields {
  /** Null when the assignee can no longer be assigned. */
  enabled_assignee_id: number | null;
}

/** By number. */
export async function listFields(db: Db, keys: TicketKey[]): Promise<Map<number, TicketFields>> {
  const { rows } = await sql<TicketFields & { number: number }>`
    select number, priority, tags, client_emails, assignee_id,
      (select staff_id from staff where staff_id = assignee_id and disabled_at is null) as enabled_assignee_id,
      array(
        select staff_id
        from mentions
        where mentions.account_id = tickets.account_id and ticket_number = number
        order by staff_id
      ) as mentions
    from ${wanted(keys)}
    join tickets using (account_id, number)
  `.execute(db);
  return new Map(rows.map((row) => [row.number, row]));
}

export function fieldsIn(fields: Map<number, TicketFields>, { number }: Pick<TicketKey, 'number'>) {
  const found = fields.get(number);
  if (!found) throw new Error(`The fields of ticket ${number} were not read.`);
  return found;
}

/** All except the mentions. */
export async function writeFields(tx: Tx, tickets: Array<TicketKey & MergeFields>) {
  if (tickets.length === 0) return;
  const rows = tickets.map(({ account_id, number, priority, assignee_id, tags, client_emails }) => {
    return { account_id, number, priority, assignee_id, tags, client_emails };
  });
  await sql`
    update tickets
    set priority = fields.priority, assignee_id = fields.assignee_id, tags = fields.tags,
        client_emails = fields.client_emails, staff_version = staff_version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}) as fields (
      account_id bigint, number bigint, priority text, assignee_id bigint, tags text[], client_emails text[]
    )
    where tickets.account_id = fields.account_id and tickets.number = fields.number
  `.execute(tx);
}

/** A merged ticket and its target. */
export interface MergeRecord extends TicketKey {
  target: number;
  merged_at: string;
  before: BeforeMerge;
}

/** Merges that lead to one ticket, in order. */
export interface Merges {
  records: MergeRecord[];
  /** The last ticket of the chain, which has the comments of all before it. */
  end: TicketKey;
}

/** A ticket at the end of a chain, and one whose split was undone. */
interface NoMerge extends TicketKey {
  target: number | null;
  merged_at: string | null;
  before: null;
}

/**
 * Every merge of the chain that starts with these tickets of an account, which are merged into the same one, and every
 * other merge into a ticket of the chain. Locks their tickets in the same order as bulk actions.
 */
export async function lockMerges(tx: Tx, account_id: number, numbers: number[]): Promise<Merges> {
  const { rows } = await sql<MergeRecord | NoMerge>`
    with recursive chain as (
      select number, merged_into_ticket_number
      from tickets
      where account_id = ${account_id} and number = any(${numbers}::bigint[])
      union
      select tickets.number, tickets.merged_into_ticket_number
      from chain
      join tickets on tickets.account_id = ${account_id} and tickets.number = chain.merged_into_ticket_number
    )
    select account_id, number, merged_into_ticket_number as target, before_merge as before, merged_at
    from tickets
    where account_id = ${account_id}
      and (merged_into_ticket_number in (select number from chain) or number in (select number from chain))
    order by account_id, number
    for update
  `.execute(tx);
  const targets = new Map(rows.map(({ number, target }) => [number, target]));
  let end = numbers[0] ?? 0;
  for (let next = targets.get(end); next; next = targets.get(next)) end = next;
  const records = rows
    .filter((row): row is MergeRecord => row.before !== null)
    .sort((a, b) => Date.parse(a.merged_at) - Date.parse(b.merged_at) || a.number - b.number);
  return { records, end: { account_id, number: end } };
}

export async function writeBrought(tx: Tx, merges: MergeRecord[]) {
  if (merges.length === 0) return;
  const rows = merges.map(({ account_id, number, before: { brought } }) => ({ account_id, number, brought }));
  await sql`
    update tickets
    set before_merge = jsonb_set(before_merge, '{brought}', brought)
    from jsonb_to_recordset(${JSON.stringify(rows)}) as records (account_id bigint, number bigint, brought jsonb)
    where tickets.account_id = records.account_id and tickets.number = records.number
  `.execute(tx);
}

/** The fields that somebody has changed in the target of each of these merges since, by the number of the source. */
export async function listChangedSince(db: Db, merges: MergeRecord[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ number: number; fields: string[] }>`
    select tickets.number, array_agg(distinct field) as fields
    from ${wanted(merges)}
    join tickets using (account_id, number)
    cross join lateral (
      select max(id) as merged_id
      from events
      where events.account_id = tickets.account_id
        and ticket_number = merged_into_ticket_number
        and ${isOfType('ticket.merged')}
        and data ->> 'from' = tickets.number::text
    ) as merged
    join events
      on events.account_id = tickets.account_id and ticket_number = merged_into_ticket_number and id > merged_id
    cross join unnest(array['priority', 'assignee_id']) as field
    where ${isOfType('ticket.triaged')} and data -> 'before' -> field is distinct from data -> 'after' -> field
    group by tickets.number
  `.execute(db);
  return new Map(rows.map(({ number, fields }) => [number, fields]));
}

/** Staff mentioned by comments written on the ticket itself, with the time of the last one. */
export async function listMentioned(db: Db, { account_id, number }: TicketKey) {
  const { rows } = await sql<{ staff_id: number; last_at: string }>`
    select mentioned as staff_id, max(sent_at) as last_at
    from comments
    cross join unnest(mentions) as mentioned
    where account_id = ${account_id} and ticket_number = ${number} and merged_from_ticket_number is null
    group by mentioned
  `.execute(db);
  return rows;
}
