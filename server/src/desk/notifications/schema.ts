import { Id, Nullable, TimeInput, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const reasons = ['assigned', 'mentioned', 'replied'] as const;
export type Reason = (typeof reasons)[number];

export const Notification = Type.Object(
  {
    reason: Type.Unsafe<Reason>({
      type: 'string',
      enum: reasons,
      description:
        '`assigned` to you by somebody else, `mentioned` in a comment, or the client has `replied` in your ticket.',
    }),
    ticket_number: Type.Integer(),
    ticket_summary: Type.String(),
    actor_name: Nullable(
      Type.String(),
      'The team member, or the author of the comment. Null if it was a program.',
    ),
    comment_id: Nullable(Type.Integer()),
    created_at: Timestamp,
  },
  { $id: 'Notification', description: 'What concerns a team member, and they have not read.' },
);
export type Notification = Type.Static<typeof Notification>;

export const MAX_COUNT = 100;

export const Notifications = Type.Object({
  items: Type.Array(Type.Unsafe<Notification>({ $ref: 'Notification#' }), {
    description: 'The latest 50, the newest first.',
  }),
  count: Type.Integer({ description: `How many there are. ${MAX_COUNT} stands for that many and more.` }),
});
export type Notifications = Type.Static<typeof Notifications>;

export const ReadQuery = Type.Object(
  {
    ticket_number: Type.Optional({ ...Id, description: 'Those of this ticket only.' }),
    until: Type.Optional({
      ...TimeInput,
      description: 'Those up to this time only: send the `created_at` of the first one that was shown.',
    }),
  },
  { additionalProperties: false },
);
export type ReadQuery = Type.Static<typeof ReadQuery>;
