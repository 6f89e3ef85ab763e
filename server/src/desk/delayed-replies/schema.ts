import { File } from '#desk/files/schema.ts';
import { NewStaffComment } from '#desk/tickets/comments/schema.ts';
import { Int32, Nullable, Ref, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

export const DelayedReply = Type.Object(
  {
    delayed_reply_id: Type.Integer(),
    ticket_number: Type.Integer(),
    staff_id: Type.Integer(),
    staff_name: Type.String(),
    body: Type.String(),
    is_internal: Type.Boolean({ description: 'Whether it is an internal note.' }),
    status_key: Nullable(Type.String(), 'The state of the ticket after the reply, if one was given.'),
    files: Type.Array(Ref(File)),
    mentions: Type.Array(Type.Integer()),
    last_comment_id: Nullable(Type.Integer(), 'The last comment that its author has seen.'),
    created_at: Timestamp,
    send_at: Timestamp,
  },
  { $id: 'DelayedReply', description: 'A reply or note that is sent at `send_at`.' },
);
export type DelayedReply = Type.Static<typeof DelayedReply>;

export const NewDelayedReply = Type.Object(
  {
    ...NewStaffComment.properties,
    delay_seconds: Int32(0, 60, { default: 8, description: 'The delay. Until then it can be cancelled.' }),
  },
  { additionalProperties: false },
);
export type NewDelayedReply = Type.Static<typeof NewDelayedReply>;

export const DelayedReplyPath = Type.Object({
  delayed_reply_id: Type.Integer({ description: 'The id of the delayed reply.' }),
});
