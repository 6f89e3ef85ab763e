/** Replies that are not sent, as somebody else has written meanwhile. */
import type { Problem, StaffComment } from '#api/generated/types.gen.ts';

/** The rest of the request that sends a reply, as the outbox keeps it. */
export interface ReplyExtra extends Record<string, unknown> {
  last_comment_id?: number;
  status_key?: 'resolved';
  mentions?: number[];
  /** For a reply. It stays the same over retries, like the rest of the request. */
  delay_seconds?: number;
}

const CODE = 'changed_meanwhile';

export const isStale = (problem: Problem | null) => problem?.code === CODE;

/** What others have written since, when that is why the server has refused a reply. */
export function newerComments(problem: Problem | null): StaffComment[] {
  if (!isStale(problem) || !Array.isArray(problem?.comments)) return [];
  return problem.comments as StaffComment[]; // the reference says so
}

/** The same problem, for a reply that the server has held and then found stale. */
export const staleProblem = (comments: StaffComment[]): Problem => ({
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: CODE,
  detail: '',
  request_id: '',
  comments,
});
