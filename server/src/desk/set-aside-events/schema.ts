import { Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const SetAsideEvent = Type.Object(
  {
    set_aside_event_id: Type.Integer(),
    follower: Type.String({
      description: 'The follower that could not process it, such as `sla` or `assignment`.',
    }),
    event_id: Type.Integer(),
    type: Type.String({ description: 'The type of the event, such as `ticket.commented`.' }),
    account_id: Type.Integer({ description: '0 if it is not about an account.' }),
    ticket_number: Nullable(Type.Integer()),
    comment_id: Nullable(Type.Integer()),
    error: Type.String({ description: 'The error of the last attempt.' }),
    attempts: Type.Integer(),
    first_failed_at: Timestamp,
    last_failed_at: Timestamp,
    set_aside_at: Timestamp,
    retry_requested_at: Nullable(Timestamp, 'When a retry was requested. Null if no retry is in progress.'),
  },
  { $id: 'SetAsideEvent', description: 'An event that a follower could not process.' },
);
export type SetAsideEvent = Type.Static<typeof SetAsideEvent>;

export const SetAsideEventPath = Type.Object({
  set_aside_event_id: Type.Integer({ description: 'The id of the item in the list.' }),
});

export const SetAsideEventQuery = Type.Object({
  after: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`after` of the previous page.',
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 50,
    description: 'The largest number of items to return.',
  }),
});
export type SetAsideEventQuery = Type.Static<typeof SetAsideEventQuery>;

export const SetAsideEventPage = Type.Object({
  items: Type.Array(Type.Unsafe<SetAsideEvent>({ $ref: 'SetAsideEvent#' })),
  after: Nullable(Type.Integer(), 'The cursor of the next page. Null on the last page.'),
});
