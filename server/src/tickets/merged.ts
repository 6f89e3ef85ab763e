import { conflict } from '../errors.ts';
import type { TicketRow } from './schema.ts';

/** Work on a ticket that has become a part of another goes on in that one. */
export function refuseMerged({ number, merged_into_ticket_number: whole }: TicketRow) {
  if (whole === null) return;
  throw conflict('ticket_merged', `Ticket ${number} is a part of ticket ${whole} now. Go on there.`);
}
