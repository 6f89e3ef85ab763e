/** Tickets of the queue as rows of a spreadsheet. */
import { toCsv } from '#desk/reports/csv.ts';
import { QueueTicket } from './schema.ts';

/** What is no single value is left out, or given by the value that stands for it. */
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
