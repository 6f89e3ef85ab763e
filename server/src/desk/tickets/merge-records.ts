/** What merges bring into their targets, in the database: the fields of both, and the records used to undo it. */
import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { isOfType } from '#platform/events/events.ts';
import type { Brought, MergeFields } from './merge-fields.ts';
import type { TicketRow } from './schema.ts';

export type TicketKey = Pick<TicketRow, 'account_id' | 'number'>;

export const findTargetFields = (db: Db, key: TicketKey) => findFields(db, key, sql`assignee_id`);

/** The assignee only when they can still be assigned. */
export const findSourceFields = (db: Db, key: TicketKey) =>
  findFields(db, key, sql`(select staff_id from staff where staff_id = assignee_id and disabled_at is null)`);

async function findFields(db: Db, { account_id, number }: TicketKey, assignee = sql``): Promise<MergeFields> {
  const result = await sql<MergeFields>`
    select priority, tags, client_emails, ${assignee} as assignee_id,
      array(
        select staff_id
        from mentions
        where mentions.account_id = tickets.account_id and ticket_number = number
        order by staff_id
      ) as mentions
    from tickets
    where account_id = ${account_id} and number = ${number}
  `.execute(db);
  return oneRow(result);
}

/** All except the mentions. */
export async function writeFields(tx: Tx, { account_id, number }: TicketKey, fields: MergeFields) {
  await sql`
    update tickets
    set priority = ${fields.priority}, assignee_id = ${fields.assignee_id}, tags = ${fields.tags},
        client_emails = ${fields.client_emails}, staff_version = staff_version + 1
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
}

/** A merged ticket, its target, and what it brought. */
export interface MergeRecord extends TicketKey {
  target: number;
  brought: Brought;
}

/** The end of the chain has no target, and an undone merge has no record. */
interface NoMerge extends TicketKey {
  target: number | null;
  brought: null;
  merged_at: string | null;
}

/**
 * Every merge of the chain that starts with this ticket, and every other merge into a ticket of the chain, in order.
 * Locks their tickets in the same order as bulk actions.
 */
export async function lockMerges(tx: Tx, { account_id, number }: TicketKey): Promise<MergeRecord[]> {
  const { rows } = await sql<(MergeRecord & { merged_at: string }) | NoMerge>`
    with recursive chain as (
      select number, merged_into_ticket_number
      from tickets
      where account_id = ${account_id} and number = ${number}
      union all
      select tickets.number, tickets.merged_into_ticket_number
      from chain
      join tickets on tickets.account_id = ${account_id} and tickets.number = chain.merged_into_ticket_number
    )
    select account_id, number, merged_into_ticket_number as target, before_merge -> 'brought' as brought, merged_at
    from tickets
    where account_id = ${account_id}
      and (merged_into_ticket_number in (select number from chain) or number in (select number from chain))
    order by account_id, number
    for update
  `.execute(tx);
  const merges = rows.filter((row): row is MergeRecord & { merged_at: string } => row.brought !== null);
  return merges.sort((a, b) => Date.parse(a.merged_at) - Date.parse(b.merged_at) || a.number - b.number);
}

export async function writeBrought(tx: Tx, { account_id, number }: TicketKey, brought: Brought) {
  await sql`
    update tickets
    set before_merge = jsonb_set(before_merge, '{brought}', ${JSON.stringify(brought)})
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
}

/** The fields that somebody has changed since the source was merged into the target. */
export async function listChangedSince(db: Db, source: number, { account_id, number }: TicketKey) {
  const { rows } = await sql<{ field: string }>`
    select distinct field
    from events
    cross join unnest(array['priority', 'assignee_id']) as field
    where account_id = ${account_id}
      and ticket_number = ${number}
      and ${isOfType('ticket.triaged')}
      and data -> 'before' -> field is distinct from data -> 'after' -> field
      and id > (
        select max(id)
        from events
        where account_id = ${account_id}
          and ticket_number = ${number}
          and ${isOfType('ticket.merged')}
          and data ->> 'from' = ${String(source)}
      )
  `.execute(db);
  return rows.map(({ field }) => field);
}

/** Staff mentioned since this time by comments written on the ticket itself. */
export async function listMentionedSince(db: Db, { account_id, number }: TicketKey, since: string) {
  const { rows } = await sql<{ staff_id: number }>`
    select distinct mentioned as staff_id
    from comments
    cross join unnest(mentions) as mentioned
    where account_id = ${account_id}
      and ticket_number = ${number}
      and merged_from_ticket_number is null
      and sent_at > ${since}
  `.execute(db);
  return rows.map(({ staff_id }) => staff_id);
}
