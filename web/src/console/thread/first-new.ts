import type { StaffComment, StaffTicket } from '#api/generated/types.gen.ts';

type Comment = Pick<StaffComment, 'id' | 'is_client_author' | 'is_internal' | 'author_name'>;

/**
 * The first comment that is new to a reader: after the last one they have seen, or, where that is not known, what the
 * client of an unread ticket has written since the last reply. Null when nothing is new, or everything.
 */
export function firstNew(
  comments: Comment[],
  seen: number | null,
  { is_staff_read }: Pick<StaffTicket, 'is_staff_read'>,
  ownName: string,
): number | null {
  const isOwn = (comment: Comment) => !comment.is_client_author && comment.author_name === ownName;
  if (seen !== null) return comments.find((comment) => comment.id > seen && !isOwn(comment))?.id ?? null;
  if (is_staff_read) return null;
  const lastReply = comments.findLastIndex((comment) => !comment.is_client_author && !comment.is_internal);
  if (lastReply < 0) return null;
  return comments.slice(lastReply + 1).find((comment) => comment.is_client_author)?.id ?? null;
}
