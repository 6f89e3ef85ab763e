/** What is written on a ticket, voted, removed or drafted, and the alerts of its SLA targets. */
import Type from '#platform/type.ts';
import { count, id, ids, none, open, orNull, text, time } from './data.ts';
import type { TicketEventSpec } from './spec.ts';

const mentions = Type.Optional(ids);
const alert = open({ target: text, due_at: time });

export const conversationTypes = {
  'ticket.commented': {
    description:
      'The client or support wrote a comment. `status_key` is the state of the ticket after a comment of support.',
    audience: 'client',
    sla: 'speaks',
    notifies: ['contacts', 'assignee', 'mentioned'],
    data: orNull(open({ status_key: Type.Optional(text), mentions })),
  },
  'ticket.noted': {
    description: 'A team member wrote an internal note.',
    audience: 'staff',
    sla: 'none',
    notifies: ['assignee', 'mentioned'],
    data: orNull(open({ mentions })),
  },
  'ticket.reminded': {
    description:
      'The client was reminded of a ticket that waits for them; `comment` has the text, if there is one.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: none,
  },
  'ticket.voted': {
    description: 'The client has voted on the ticket.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: open({ score: count }),
  },
  'comment.voted': {
    description: 'The client has voted on a comment of support. `score` is null when the vote was deleted.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: open({ score: orNull(count) }),
  },
  'comment.redacted': {
    description: 'The text and the files of a comment were removed for good.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: none,
  },
  'file.redacted': {
    description: 'A file of a comment was removed for good.',
    audience: 'client',
    sla: 'none',
    notifies: ['contacts'],
    data: none,
  },
  'note.redacted': {
    description: 'An internal note, or a file of one, was removed for good.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: none,
  },
  'draft.started': {
    description: 'A team member has begun to write. Later edits of the draft are not events.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: none,
  },
  'draft.discarded': {
    description: 'A team member has discarded a draft.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: none,
  },
  'delayed_reply.scheduled': {
    description: 'A delayed reply or note was written. It is sent at `send_at`.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: open({ delayed_reply_id: id, send_at: time }),
  },
  'delayed_reply.cancelled': {
    description: 'A delayed reply was cancelled by its author, or by the undo of its bulk action.',
    audience: 'staff',
    sla: 'none',
    notifies: [],
    data: open({ delayed_reply_id: id }),
  },
  'delayed_reply.stopped': {
    description: 'A delayed reply could not be sent because of `reason`. It became a draft of its author.',
    audience: 'staff',
    sla: 'none',
    notifies: ['author'],
    data: open({ delayed_reply_id: id, staff_id: id, reason: text }),
  },
  'sla.warned': {
    description: 'An SLA target is due within 15 minutes. Once for each ticket and target.',
    audience: 'staff',
    sla: 'none',
    notifies: ['assignee'],
    data: alert,
  },
  'sla.breached': {
    description: 'An SLA target was missed. Once for each ticket and target.',
    audience: 'staff',
    sla: 'none',
    notifies: ['assignee'],
    data: alert,
  },
} as const satisfies Record<string, TicketEventSpec>;
