/** A ticket as staff work on it. */
import Type from 'typebox';
import { DelayedReply } from '#desk/delayed-replies/schema.ts';
import { Draft } from '#desk/drafts/schema.ts';
import { Presence } from '#desk/presence/schema.ts';
import { StaffComment } from '#desk/tickets/comments/schema.ts';
import { StaffTicket } from '#desk/tickets/schema.ts';
import { Account } from '#people/accounts/schema.ts';
import { Nullable, Ref, Timestamp } from '#platform/http/schemas.ts';

const HistoryItem = Type.Object({
  type: Type.String(),
  created_at: Timestamp,
  actor_kind: Type.String({ enum: ['client', 'staff', 'system'] }),
  staff_id: Nullable(Type.Integer()),
  staff_name: Nullable(Type.String()),
  user_id: Nullable(Type.String(), 'The person behind the account, as the panel names them.'),
  user_name: Nullable(Type.String()),
  comment_id: Nullable(Type.Integer()),
  data: Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true }),
});
export type HistoryItem = Type.Static<typeof HistoryItem>;

export const StaffTicketWithComments = Type.Object(
  {
    ...StaffTicket.properties,
    comments: Type.Array(Ref(StaffComment), {
      description: 'The newest 100, or fewer when they are long, in the order of writing.',
    }),
    has_earlier_comments: Type.Boolean({
      description:
        'Whether there are others before these: `GET /staff/tickets/{ticket_number}/comments` has all.',
    }),
    account: Ref(Account),
    history: Type.Array(HistoryItem, {
      description: 'What happened to it, in order: the newest 1000 events.',
    }),
    drafts: Type.Array(Ref(Draft), { description: 'One’s own, and those last edited: at most 20.' }),
    delayed_replies: Type.Array(Ref(DelayedReply), { description: 'About to be sent: the next 20.' }),
    presence: Type.Array(Ref(Presence), { description: 'Who has it open.' }),
  },
  { $id: 'StaffTicketWithComments', description: 'A ticket with all that staff know of it.' },
);
