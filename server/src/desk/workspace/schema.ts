/** A ticket as staff work on it. */
import { DelayedReply } from '#desk/delayed-replies/schema.ts';
import { Draft } from '#desk/drafts/schema.ts';
import { Presence } from '#desk/presence/schema.ts';
import { AuthorUser, StaffComment } from '#desk/tickets/comments/schema.ts';
import { StaffTicket } from '#desk/tickets/schema.ts';
import { Account } from '#people/accounts/schema.ts';
import { LocalizedName, Nullable, Ref, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const HistoryItem = Type.Object({
  type: Type.String(),
  created_at: Timestamp,
  actor_kind: Type.String({ enum: ['client', 'staff', 'system'] }),
  staff_id: Nullable(Type.Integer()),
  staff_name: Nullable(Type.String()),
  user_id: Nullable(Type.String(), 'The contact, by their id in the panel.'),
  user_name: Nullable(Type.String()),
  comment_id: Nullable(Type.Integer()),
  data: Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true }),
});
export type HistoryItem = Type.Static<typeof HistoryItem>;

const AccountActivity = Type.Object({
  open_ticket_count: Type.Integer({ description: 'Its tickets that are not closed, with this one.' }),
  average_score: Nullable(
    Type.Number(),
    'The average of the last scores of its tickets, among its newest 1000 votes, with one decimal.',
  ),
  recent_tickets: Type.Array(
    Type.Object({
      number: Type.Integer(),
      summary: Type.String(),
      status: LocalizedName,
      status_key: Type.String(),
      is_closed: Type.Boolean(),
      updated_at: Timestamp,
    }),
    { description: 'Its 5 other tickets that changed last.' },
  ),
});
export type AccountActivity = Type.Static<typeof AccountActivity>;

export const StaffTicketWithComments = Type.Object(
  {
    ...StaffTicket.properties,
    comments: Type.Array(Ref(StaffComment), {
      description: 'The newest 100 comments, or fewer if they are long, oldest first.',
    }),
    has_earlier_comments: Type.Boolean({
      description:
        'Whether there are earlier comments. `GET /staff/tickets/{ticket_number}/comments` returns all.',
    }),
    account: Type.Object({ ...Account.properties, ...AccountActivity.properties }),
    author_user: Nullable(
      AuthorUser,
      'The contact who opened it or, if support did, who wrote first. Null if a program did.',
    ),
    history: Type.Array(HistoryItem, {
      description: 'The newest 1000 events of the ticket, oldest first.',
    }),
    drafts: Type.Array(Ref(Draft), {
      description: 'Your own draft, and the drafts that were edited last. At most 20.',
    }),
    delayed_replies: Type.Array(Ref(DelayedReply), { description: 'The next 20 delayed replies.' }),
    presence: Type.Array(Ref(Presence), { description: 'The team members who have it open.' }),
  },
  { $id: 'StaffTicketWithComments', description: 'A ticket with its comments, history, drafts and account.' },
);
