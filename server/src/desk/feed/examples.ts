import { clientComment, staffComment } from '#desk/tickets/comments/examples.ts';
import { staffTicket, ticket } from '#desk/tickets/examples.ts';

const event = {
  cursor: '1.20481.90017',
  type: 'ticket.commented',
  created_at: '2026-11-23T19:59:10.000Z',
  actor_kind: 'staff',
};
const staffEvent = {
  ...event,
  account_id: 7,
  staff_id: 3,
  token_id: null,
  user_id: null,
  ticket: staffTicket,
  comment: staffComment,
  data: null,
};

const ticketEvent = { ...event, ticket, comment: clientComment };

export const eventExamples = {
  schemas: { TicketEvent: ticketEvent, StaffEvent: staffEvent },
  responses: {
    streamEvents: ticketEvent,
    readFeed: { items: [staffEvent], after: event.cursor },
    streamFeed: staffEvent,
  },
};
