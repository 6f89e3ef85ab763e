import Type from 'typebox';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';

export const SetAsideEvent = Type.Object(
  {
    set_aside_event_id: Type.Integer(),
    follower: Type.String({ description: 'What could not process it, such as `staff_search` or `sla`.' }),
    event_id: Type.Integer(),
    type: Type.String({ description: 'What had happened, such as `ticket.commented`.' }),
    account_id: Type.Integer({ description: '0 when it is about no account.' }),
    ticket_number: Nullable(Type.Integer()),
    comment_id: Nullable(Type.Integer()),
    error: Type.String({ description: 'Of the last attempt.' }),
    attempts: Type.Integer(),
    first_failed_at: Timestamp,
    last_failed_at: Timestamp,
    set_aside_at: Timestamp,
    retry_requested_at: Nullable(Timestamp, 'Set while a retry is in progress.'),
  },
  { $id: 'SetAsideEvent', description: 'An event that a part of the product could not process.' },
);
export type SetAsideEvent = Type.Static<typeof SetAsideEvent>;

export const SetAsideEventPath = Type.Object({
  set_aside_event_id: Type.Integer({ description: 'Of the list of these events.' }),
});

export const SetAsideEventQuery = Type.Object({
  after: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`after` of the page before.',
    }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'How many to give at most.' }),
});
export type SetAsideEventQuery = Type.Static<typeof SetAsideEventQuery>;

export const SetAsideEventPage = Type.Object({
  items: Type.Array(Type.Unsafe<SetAsideEvent>({ $ref: 'SetAsideEvent#' })),
  after: Nullable(Type.Integer(), 'Where the next page begins; null behind the last.'),
});
