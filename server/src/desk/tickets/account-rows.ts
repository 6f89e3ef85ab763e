/** The rows that belong to a ticket, in every table. */
import type { Tx } from '#platform/db/database.ts';
import { isOfType } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';

/**
 * For each table whose rows move with the ticket, the column with the ticket's number. Ordered by foreign keys, for
 * erasing.
 */
export const ticketTables = {
  tickets: 'number',
  comments: 'ticket_number',
  files: 'ticket_number',
  votes: 'ticket_number',
  mentions: 'ticket_number',
  notifications: 'ticket_number',
  drafts: 'ticket_number',
  delayed_replies: 'ticket_number',
  reminders: 'ticket_number',
  sla_alerts: 'ticket_number',
  bulk_tickets: 'number',
  events: 'ticket_number',
} as const;

/**
 * These are not copied: presence lasts seconds, search words of clients start with their account, and events that a
 * follower has set aside precede the move.
 */
export const droppedTables = {
  presence: 'ticket_number',
  search_texts: 'number',
  set_aside_events: 'ticket_number',
} as const;

/**
 * Copies a ticket's rows to another account. On Citus account_id decides the shard, so rows are inserted again rather
 * than updated. The columns are read from the catalogue, so that none is forgotten.
 */
export async function copyRows(tx: Tx, { from, to, number }: { from: number; to: number; number: number }) {
  const columnsOf = await listColumns(tx, Object.keys(ticketTables));
  const copies = Object.entries(ticketTables).map(([table, column]) => {
    const columns = sql.join((columnsOf.get(table) ?? []).map((name) => sql.id(name)));
    return sql`
      insert into ${sql.id(table)} (account_id, ${columns})
      select ${to}::bigint, ${columns}
      from ${sql.id(table)}
      where account_id = ${from} and ${sql.id(column)} = ${number} ${movesWithTicket(table)}
    `;
  });
  await together(copies).execute(tx);
}

/** Deletes the copied rows, and those that do not move. */
export async function deleteRows(tx: Tx, { from, number }: { from: number; number: number }) {
  const deletions = Object.entries({ ...ticketTables, ...droppedTables }).map(
    ([table, column]) => sql`
      delete from ${sql.id(table)}
      where account_id = ${from} and ${sql.id(column)} = ${number} ${movesWithTicket(table)}
    `,
  );
  await together(deletions).execute(tx);
}

/** Combines the parts into one statement: foreign keys are checked at its end, whatever the order of execution. */
const together = (parts: Sql[]) =>
  sql`with ${sql.join(parts.map((part, i) => sql`${sql.id(`part_${i}`)} as (${part})`))} select`;

/** The event that a ticket has left an account stays with that account. */
const movesWithTicket = (table: string) =>
  table === 'events' ? sql`and not ${isOfType('ticket.removed')}` : sql``;

/** All columns of each table except account_id and generated ones. */
async function listColumns(tx: Tx, tables: string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select name, array_agg(attname::text order by attnum) as columns
    from unnest(${tables}::text[]) as name
    join pg_attribute on attrelid = name::regclass
    where attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'account_id'
    group by name
  `.execute(tx);
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}
