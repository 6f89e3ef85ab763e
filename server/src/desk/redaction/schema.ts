import { Comment, StaffComment } from '#desk/tickets/comments/schema.ts';
import { Nullable, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const redactionProperties = {
  redacted_at: Timestamp,
  redacted_by: Nullable(Type.String(), 'Null if no comment had the file.'),
};

/** What is left of a file that was removed. */
export const FileRedaction = Type.Object({
  ...redactionProperties,
  comment: Nullable(Comment, 'The comment without the file.'),
});
export const StaffFileRedaction = Type.Object({
  ...redactionProperties,
  comment: Nullable(StaffComment, 'The comment or note without the file.'),
});

export interface Redaction {
  redacted_at: string;
  redacted_by: string | null;
  comment: Type.Static<typeof StaffComment> | null;
}
