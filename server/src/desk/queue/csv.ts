/** Exports tickets of the queue as CSV. */
import { toCsv } from '#desk/reports/csv.ts';
import { QueueTicket } from './schema.ts';

/** A field that is not a single value is left out, or represented by one. */
const columns = Object.keys(QueueTicket.properties)
  .filter((name) => !['status', 'last_comment', 'can'].includes(name))
  .map((name) => (name === 'vote' ? 'vote_score' : name));

export const ticketsAsCsv = (tickets: QueueTicket[]): string => toCsv(columns, tickets.map(rowOf));

function rowOf({ vote, ...ticket }: QueueTicket): Record<string, unknown> {
  const fields = Object.entries(ticket).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return { ...Object.fromEntries(fields), vote_score: vote?.score };
}
