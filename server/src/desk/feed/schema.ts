import Type from 'typebox';
import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { StaffTicket, Ticket } from '#desk/tickets/schema.ts';
import { typesWhere } from '#platform/events/types.ts';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';

const ActorKind = Type.String({ enum: ['client', 'staff', 'service', 'system'] });

export const Event = Type.Object(
  {
    cursor: Type.String({ description: 'Where the feed goes on: send it back as `after` or Last-Event-ID.' }),
    type: Type.String({ enum: typesWhere(({ audience }) => audience === 'client') }),
    created_at: Timestamp,
    actor_kind: ActorKind,
    ticket: Nullable(Ticket, 'As it is now.'),
    comment: Nullable(Comment, 'As it is now.'),
  },
  { $id: 'TicketEvent', description: 'Something that happened to a ticket.' },
);

export const StaffEvent = Type.Object(
  {
    ...Event.properties,
    type: Type.String(),
    account_id: Type.Integer({ description: '0 when it is about no account.' }),
    staff_id: Nullable(Type.Integer()),
    token_id: Nullable(Type.Integer()),
    user_id: Nullable(Type.String(), 'The person behind the account, as the host names them.'),
    ticket: Nullable(StaffTicket, 'As it is now.'),
    comment: Nullable(StaffComment, 'As it is now.'),
    data: Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true }),
  },
  { $id: 'StaffEvent', description: 'Something that happened.' },
);

export const EventQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 60, description: 'A cursor; without one, from now on.' })),
});

export const FeedQuery = Type.Object({
  after: Type.Optional(
    Type.String({ maxLength: 60, description: 'A cursor; without one, from the first event.' }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 100,
    description: 'How many a page has at most.',
  }),
});

export const FeedPage = Type.Object({
  items: Type.Array(Type.Unsafe<unknown>({ $ref: 'StaffEvent#' })),
  after: Nullable(Type.String(), 'The cursor of the last item: the next page is behind it.'),
});
