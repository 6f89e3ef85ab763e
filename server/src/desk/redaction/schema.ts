import Type from 'typebox';
import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';

const redactionProperties = {
  redacted_at: Timestamp,
  redacted_by: Nullable(Type.String(), 'Null of an upload that no comment had.'),
};

/** What is left of a file that was removed. */
export const FileRedaction = Type.Object({
  ...redactionProperties,
  comment: Nullable(Comment, 'The comment without it.'),
});
export const StaffFileRedaction = Type.Object({
  ...redactionProperties,
  comment: Nullable(StaffComment, 'The comment or note without it.'),
});

export interface Redaction {
  redacted_at: string;
  redacted_by: string | null;
  comment: Type.Static<typeof StaffComment> | null;
}
