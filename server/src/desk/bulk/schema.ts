import { CommentBody, NewStaffComment } from '#desk/tickets/comments/schema.ts';
import { Priority, Snooze } from '#desk/tickets/schema.ts';
import { Change, Id, Int32, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const Tags = (description: string) => Type.Array(Text(50), { minItems: 1, maxItems: 20, description });

const BulkChange = Change({
  assignee_id: Nullable(Id),
  priority: Priority,
  topic_key: Nullable(Text(100)),
  add_tags: Tags('Tags to add to each ticket.'),
  remove_tags: Tags('Tags to remove from each ticket.'),
});
export type BulkChange = Type.Static<typeof BulkChange>;

const BulkReply = Type.Object(
  {
    body: Type.Optional(CommentBody),
    canned_response_id: Type.Optional({
      ...Id,
      description: 'A canned response instead of `body`. It is filled in for each ticket.',
    }),
    status_key: NewStaffComment.properties.status_key,
    delay_seconds: Int32(0, 60, {
      default: 8,
      description: 'How long the replies wait. An undo before then cancels them. 0: they are sent at once.',
    }),
  },
  { additionalProperties: false, description: 'The reply to the client of each ticket.' },
);
export type BulkReply = Type.Static<typeof BulkReply>;

const actions = ['resolve', 'close', 'read', 'unread', 'snooze', 'merge'] as const;

export const Bulk = Type.Object(
  {
    ticket_numbers: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    change: Type.Optional(BulkChange),
    reply: Type.Optional(BulkReply),
    action: Type.Optional(
      Type.Unsafe<(typeof actions)[number]>({
        type: 'string',
        enum: actions,
        description: 'The action, after the change and the reply.',
      }),
    ),
    reason: Type.Optional(Text(1000, 'With `close`: the reason. Clients do not see it.')),
    into: Type.Optional({ ...Id, description: 'With `merge`: the target.' }),
    snooze: Type.Optional(Snooze),
  },
  { additionalProperties: false },
);
export type Bulk = Type.Static<typeof Bulk>;

export const BulkResult = Type.Object({
  bulk_id: Type.Integer({ description: 'The id of the bulk action, to undo it.' }),
  send_at: Nullable(Timestamp, 'When the replies are sent. An undo before then cancels them.'),
  items: Type.Array(
    Type.Object({
      ticket_number: Type.Integer(),
      result: Type.String({ description: '`done`, or the code of the error.' }),
    }),
    { description: 'One result for each ticket, in the order of the request.' },
  ),
});
export type BulkResult = Type.Static<typeof BulkResult>;

export const BulkPath = Type.Object({ bulk_id: Type.Integer({ description: 'The id of the bulk action.' }) });

/**
 * The ticket fields that a bulk request may change, in the order in which they are undone. The whole state counts as
 * one field, and so does the snooze.
 */
export const fieldNames = [
  ...(['assignee_id', 'priority', 'topic_key', 'tags', 'is_staff_read'] as const),
  ...(['state', 'snooze'] as const),
] as const;

const Fields = (description: string) =>
  Type.Array(Type.String({ enum: [...fieldNames, 'reply'] }), { description });

export const BulkUndone = Type.Object({
  bulk_id: Type.Integer(),
  items: Type.Array(
    Type.Object({
      ticket_number: Type.Integer(),
      undone: Fields('The fields that were undone.'),
      not_undone: Fields(
        'The fields that were not undone: somebody has changed them since, or they cannot be undone.',
      ),
    }),
    { description: 'One result for each ticket that the bulk action has changed.' },
  ),
});
export type BulkUndone = Type.Static<typeof BulkUndone>;
