import { File, FileUuids } from '#desk/files/schema.ts';
import { Ref, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const Draft = Type.Object(
  {
    staff_id: Type.Integer(),
    staff_name: Type.String(),
    body: Type.String(),
    is_internal: Type.Boolean({ description: 'Whether it is the draft of an internal note.' }),
    files: Type.Array(Ref(File), {
      description: 'Files of the draft. They are kept for longer than 24 hours.',
    }),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { $id: 'Draft', description: 'A reply or note that a team member has begun to write on a ticket.' },
);
export type Draft = Type.Static<typeof Draft>;

export const NewDraft = Type.Object(
  {
    body: Type.String({ maxLength: 50_000 }),
    internal: Type.Optional(Type.Boolean({ description: 'Whether it is the draft of an internal note.' })),
    files: Type.Optional(FileUuids),
  },
  { additionalProperties: false },
);
export type NewDraft = Type.Static<typeof NewDraft>;
