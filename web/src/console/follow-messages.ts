/** What of the outbox has become a delayed reply, and what of these a comment: the feed does not say so. */
import { queryClient } from '#api/client.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import type { CurrentMember, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { commentName, delayedName, keyOf, recognise } from '#shared/message-keys.ts';
import { getUnderWay } from '#shared/under-way.ts';

interface Written {
  author: string | null;
  body: string;
  is_internal: boolean;
}

/** Returns the ticket as it is now, without delayed replies that have been sent. */
export function followMessages(
  before: StaffTicketWithComments,
  after: StaffTicketWithComments,
): StaffTicketWithComments {
  const { number, comments, delayed_replies } = after;
  for (const { delayed_reply_id, staff_name: author, body, is_internal } of delayed_replies)
    recognise(delayedName(delayed_reply_id), inOutbox(number, { author, body, is_internal }));

  const last = before.comments.at(-1)?.id ?? 0;
  for (const { id, author_name: author, is_client_author, is_internal, body } of comments) {
    if (id <= last || is_client_author) continue;
    const delayed = before.delayed_replies.filter(
      (reply) => reply.staff_name === author && reply.is_internal === is_internal && reply.body === body,
    );
    recognise(commentName(id), [
      ...delayed.map((reply) => delayedName(reply.delayed_reply_id)),
      ...inOutbox(number, { author, body, is_internal }),
    ]);
  }

  if (delayed_replies.length === 0) return after;
  const sent = new Set(comments.map(({ id }) => keyOf(commentName(id))));
  const waiting = delayed_replies.filter((reply) => !sent.has(keyOf(delayedName(reply.delayed_reply_id))));
  return { ...after, delayed_replies: waiting };
}

/** The outbox is the member’s own. */
function inOutbox(number: number, { author, body, is_internal }: Written): string[] {
  const me = queryClient.getQueryData<CurrentMember>(getMeQueryKey());
  if (author !== me?.name) return [];
  const same = getUnderWay().filter(
    (item) =>
      item.ticket_number === number &&
      item.state !== 'refused' &&
      (item.kind === 'note') === is_internal &&
      item.body === body,
  );
  return same.map(({ id }) => id);
}
