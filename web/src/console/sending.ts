/**
 * What the console sends through the outbox. A reply is sent delayed, so that it can be undone: the server holds it, and
 * sends it even when this page is closed.
 */
import { once } from '#api/client.ts';
import { addStaffComment, delayReply } from '#api/generated/sdk.gen.ts';
import { contentOf, type OutboxItem, openOutbox } from '#shared/outbox.ts';
import { addComment, putDelayedReply } from './cache.ts';

export const UNDO_SECONDS = 8;

/** The rest of the request, as `send` takes it. */
export interface ReplyExtra extends Record<string, unknown> {
  last_comment_id?: number;
  status_key?: 'resolved';
  mentions?: number[];
}

export const openConsoleOutbox = (staffId: number) => openOutbox({ owner: `staff.${staffId}`, send });

async function send(item: OutboxItem) {
  const { id, ticket_number, kind, extra } = item;
  const request = { path: { ticket_number }, headers: once(id) };
  const content = { ...(extra as ReplyExtra), ...contentOf(item) };
  if (kind === 'note')
    addComment(await addStaffComment({ ...request, body: { ...content, internal: true } }));
  else putDelayedReply(await delayReply({ ...request, body: { ...content, delay_seconds: UNDO_SECONDS } }));
}
