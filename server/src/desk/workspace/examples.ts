import { delayedReply } from '#desk/delayed-replies/examples.ts';
import { draft } from '#desk/drafts/examples.ts';
import { presence } from '#desk/presence/examples.ts';
import { staffComment } from '#desk/tickets/comments/examples.ts';
import { staffTicket } from '#desk/tickets/examples.ts';
import { account } from '#people/accounts/examples.ts';

const history = {
  type: 'ticket.triaged',
  created_at: '2026-11-23T19:58:00.000Z',
  actor_kind: 'staff',
  staff_id: 3,
  staff_name: 'Anna Petrova',
  user_id: null,
  user_name: null,
  comment_id: null,
  data: { before: { priority: 'normal' }, after: { priority: 'high' } },
};

export const workspaceExamples = {
  schemas: {
    StaffTicketWithComments: {
      ...staffTicket,
      comments: [staffComment],
      has_earlier_comments: false,
      account,
      history: [history],
      drafts: [draft],
      delayed_replies: [delayedReply],
      presence: [presence],
    },
  },
};
