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
      account: {
        ...account,
        open_ticket_count: 3,
        average_score: 8.5,
        recent_tickets: [
          {
            number: 100_031,
            summary: 'Mail bounces',
            status: { en: 'Resolved', ru: 'Решён' },
            status_key: 'resolved',
            is_closed: false,
            updated_at: '2026-11-20T14:02:00.000Z',
          },
        ],
      },
      author_user: { id: '7', name: 'Ivan Sidorov', email: 'ivan@example.com' },
      history: [history],
      drafts: [draft],
      delayed_replies: [delayedReply],
      presence: [presence],
    },
  },
};
