import Type from 'typebox';
import { Nullable, Text, Timestamp } from '#platform/http/schemas.ts';

export const Erasure = Type.Object(
  {
    erasure_id: Type.Integer(),
    kind: Type.Unsafe<'account' | 'person'>({ type: 'string', enum: ['account', 'person'] }),
    account_id: Type.Integer(),
    user_id: Nullable(Type.String(), 'Of the person; null once it is finished.'),
    staff_id: Nullable(Type.Integer(), 'Who asked for it.'),
    requested_at: Timestamp,
    finished_at: Nullable(Timestamp, 'Null while it is in progress.'),
    removed: Type.Unsafe<Record<string, number>>({
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'How much was removed so far, by what it was.',
    }),
  },
  { $id: 'Erasure', description: 'What was asked to be forgotten, and what was removed.' },
);
export type Erasure = Type.Static<typeof Erasure>;

export const NewErasure = Type.Object(
  {
    user_id: Type.Optional(Text(255, 'Only this person of the account, by the host’s own name for them.')),
  },
  { additionalProperties: false },
);

export const ErasurePath = Type.Object({ erasure_id: Type.Integer({ description: 'Of the erasure.' }) });
