import { Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const Erasure = Type.Object(
  {
    erasure_id: Type.Integer(),
    kind: Type.Unsafe<'account' | 'person'>({ type: 'string', enum: ['account', 'person'] }),
    account_id: Type.Integer(),
    user_id: Nullable(Type.String(), 'The id of the contact. Null when the erasure is finished.'),
    staff_id: Nullable(Type.Integer(), 'Who asked for it.'),
    requested_at: Timestamp,
    finished_at: Nullable(Timestamp, 'Null while the erasure is in progress.'),
    removed: Type.Unsafe<Record<string, number>>({
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'How much was removed so far, by kind.',
    }),
  },
  { $id: 'Erasure', description: 'The erasure of an account or a contact, with what was removed.' },
);
export type Erasure = Type.Static<typeof Erasure>;

export const NewErasure = Type.Object(
  {
    user_id: Type.Optional(Text(255, 'Erase only this contact of the account, by their id in the panel.')),
  },
  { additionalProperties: false },
);

export const ErasurePath = Type.Object({
  erasure_id: Type.Integer({ description: 'The id of the erasure.' }),
});
