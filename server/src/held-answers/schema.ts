import Type from 'typebox';
import { NewStaffComment } from '../comments/schema.ts';
import { File } from '../files/schema.ts';
import { Int32, Nullable, Ref, Timestamp } from '../http/schemas.ts';

export const HeldAnswer = Type.Object(
  {
    held_answer_id: Type.Integer(),
    ticket_number: Type.Integer(),
    staff_id: Type.Integer(),
    staff_name: Type.String(),
    body: Type.String(),
    is_internal: Type.Boolean({ description: 'A note among staff.' }),
    status_key: Nullable(Type.String(), 'The state after the answer, when one was given.'),
    files: Type.Array(Ref(File)),
    mentions: Type.Array(Type.Integer()),
    last_comment_id: Nullable(Type.Integer(), 'What its author has seen.'),
    created_at: Timestamp,
    send_at: Timestamp,
  },
  { $id: 'HeldAnswer', description: 'An answer or note that is sent once its time has come.' },
);
export type HeldAnswer = Type.Static<typeof HeldAnswer>;

export const NewHeldAnswer = Type.Object(
  {
    ...NewStaffComment.properties,
    delay_seconds: Int32(0, 60, { default: 8, description: 'How long it can be cancelled.' }),
  },
  { additionalProperties: false },
);
export type NewHeldAnswer = Type.Static<typeof NewHeldAnswer>;

export const HeldAnswerPath = Type.Object({
  held_answer_id: Type.Integer({ description: 'Of the delayed reply.' }),
});
