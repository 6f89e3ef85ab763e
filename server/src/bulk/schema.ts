import Type from 'typebox';
import { Change, Id, Nullable, Text } from '../http/schemas.ts';
import { Priority } from '../tickets/schema.ts';

const Tags = (description: string) => Type.Array(Text(50), { minItems: 1, maxItems: 20, description });

const BulkChange = Change({
  assignee_id: Nullable(Id),
  priority: Priority,
  topic_key: Nullable(Text(100)),
  add_tags: Tags('To what each has.'),
  remove_tags: Tags('From what each has.'),
});
export type BulkChange = Type.Static<typeof BulkChange>;

export const Bulk = Type.Object(
  {
    ticket_numbers: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    change: Type.Optional(BulkChange),
    action: Type.Optional(
      Type.Unsafe<'resolve' | 'close' | 'read' | 'unread'>({
        type: 'string',
        enum: ['resolve', 'close', 'read', 'unread'],
        description: 'What to do instead of a change.',
      }),
    ),
    reason: Type.Optional(Text(1000, 'Why they are closed; seen by staff only.')),
  },
  { additionalProperties: false },
);
export type Bulk = Type.Static<typeof Bulk>;

export const BulkResult = Type.Object({
  bulk_id: Type.Integer({ description: 'What undoes it.' }),
  items: Type.Array(
    Type.Object({
      ticket_number: Type.Integer(),
      result: Type.String({ description: '`done`, or the code of the refusal.' }),
    }),
    { description: 'One for each ticket, in the order given.' },
  ),
});
export type BulkResult = Type.Static<typeof BulkResult>;

export const BulkPath = Type.Object({ bulk_id: Type.Integer({ description: 'Of the bulk action.' }) });

/** What a bulk action may change of a ticket; its state is one thing. */
export const fieldNames = ['assignee_id', 'priority', 'topic_key', 'tags', 'is_staff_read', 'state'] as const;

const Fields = (description: string) => Type.Array(Type.String({ enum: [...fieldNames] }), { description });

export const BulkUndone = Type.Object({
  bulk_id: Type.Integer(),
  items: Type.Array(
    Type.Object({
      ticket_number: Type.Integer(),
      taken_back: Fields('What is as before.'),
      kept: Fields('What somebody has changed since, or cannot be as before.'),
    }),
    { description: 'One for each ticket that it was done to.' },
  ),
});
export type BulkUndone = Type.Static<typeof BulkUndone>;
