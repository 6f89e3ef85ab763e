/** The rows that belong to one ticket, in every table that has some. */
import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { isOfType } from '#platform/events/events.ts';

/** The column that names the ticket, of each table whose rows go where the ticket goes; foreign keys lead upwards. */
export const ticketTables = {
  tickets: 'number',
  comments: 'ticket_number',
  files: 'ticket_number',
  votes: 'ticket_number',
  mentions: 'ticket_number',
  drafts: 'ticket_number',
  delayed_replies: 'ticket_number',
  reminders: 'ticket_number',
  sla_alerts: 'ticket_number',
  bulk_tickets: 'number',
  staff_search: 'number',
  events: 'ticket_number',
} as const;

/**
 * These are not copied: who looks at a ticket is known for seconds, words of clients have their account in front, and what
 * a follower could not do it does after the event of the move.
 */
export const passingTables = {
  presence: 'ticket_number',
  ticket_search: 'number',
  set_aside_events: 'ticket_number',
} as const;

/**
 * Writes a ticket's rows anew under another account: a row's account_id decides where it lives on Citus, so it is not
 * updated. Columns are read from the catalogue, so that none is forgotten.
 */
export async function copyRows(tx: Tx, { from, to, number }: { from: number; to: number; number: number }) {
  for (const [table, column] of Object.entries(ticketTables)) {
    const names = (await listColumns(tx, table)).filter((name) => name !== 'account_id');
    const columns = sql.join(names.map((name) => sql.id(name)));
    await sql`
      insert into ${sql.table(table)} (account_id, ${columns})
      select ${to}::bigint, ${columns}
      from ${sql.table(table)}
      where account_id = ${from} and ${sql.id(column)} = ${number} ${goes(table)}
    `.execute(tx);
  }
}

/** Deletes what was copied, and what passes. */
export async function deleteRows(tx: Tx, { from, number }: { from: number; number: number }) {
  const tables = Object.entries({ ...ticketTables, ...passingTables }).reverse();
  for (const [table, column] of tables) {
    await sql`
      delete from ${sql.table(table)}
      where account_id = ${from} and ${sql.id(column)} = ${number} ${goes(table)}
    `.execute(tx);
  }
}

/** That a ticket has left an account stays with that account. */
const goes = (table: string) => (table === 'events' ? sql`and not ${isOfType('ticket.removed')}` : sql``);

async function listColumns(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name
    from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum
  `.execute(tx);
  return rows.map(({ name }) => name);
}
