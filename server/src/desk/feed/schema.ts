import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { StaffTicket, Ticket } from '#desk/tickets/schema.ts';
import { typesWhere } from '#platform/events/types.ts';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const ActorKind = Type.String({ enum: ['client', 'staff', 'service', 'system'] });

export const Event = Type.Object(
  {
    cursor: Type.String({
      description: 'The position in the feed. Send it as `after` or `Last-Event-ID` to continue.',
    }),
    type: Type.String({ enum: typesWhere(({ audience }) => audience === 'client') }),
    created_at: Timestamp,
    actor_kind: ActorKind,
    ticket: Nullable(Ticket, 'In its current state.'),
    comment: Nullable(Comment, 'In its current state.'),
  },
  { $id: 'TicketEvent', description: 'An event of a ticket.' },
);

export const StaffEvent = Type.Object(
  {
    ...Event.properties,
    type: Type.String(),
    account_id: Type.Integer({ description: '0 if it is not about an account.' }),
    staff_id: Nullable(Type.Integer()),
    token_id: Nullable(Type.Integer()),
    user_id: Nullable(Type.String(), 'The contact, by their id in the panel.'),
    ticket: Nullable(StaffTicket, 'In its current state.'),
    comment: Nullable(StaffComment, 'In its current state.'),
    data: Type.Unsafe<object | null>({ type: ['object', 'null'], additionalProperties: true }),
  },
  { $id: 'StaffEvent', description: 'An event.' },
);

export const EventQuery = Type.Object({
  after: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'A cursor. Without one, the stream begins with the next event.',
    }),
  ),
});

export const FeedQuery = Type.Object({
  after: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'A cursor. Without one, the feed begins with the first event.',
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 100,
    description: 'The largest number of items on a page.',
  }),
});

export const FeedPage = Type.Object({
  items: Type.Array(Type.Unsafe<unknown>({ $ref: 'StaffEvent#' })),
  after: Nullable(Type.String(), 'The cursor of the last item. Send it to get the next page.'),
});
