/** What the portal sends through the outbox: comments, and reopening, which is a comment too. */
import { once, queryClient } from '#api/client.ts';
import { createComment, reopenTicket } from '#api/generated/sdk.gen.ts';
import { commentName, rename } from '#shared/message-keys.ts';
import { type OutboxItem, openOutbox } from '#shared/outbox.ts';
import { contentOf } from '#shared/outbox-content.ts';
import { addComment, commentsKey, putTicket } from './cache.ts';

export const draftNameOf = (ticket_number: number) => `ticket.${ticket_number}`;

export const openPortalOutbox = (owner: string) => openOutbox({ owner, send });

async function send(item: OutboxItem) {
  const { id, ticket_number, kind } = item;
  const request = {
    path: { ticket_number },
    headers: once(id),
    body: contentOf(item),
  };
  if (kind === 'reopen') {
    putTicket(await reopenTicket(request));
    await queryClient.invalidateQueries({ queryKey: commentsKey(ticket_number) });
    return;
  }
  const comment = await createComment(request);
  rename(id, commentName(comment.id));
  addComment(ticket_number, comment);
}
