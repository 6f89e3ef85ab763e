/**
 * What the console sends through the outbox. A reply is sent delayed, so that it can be undone: the server holds it, and
 * sends it even when this page is closed.
 */
import { t } from '@lingui/core/macro';
import { once, queryClient } from '#api/client.ts';
import { ApiError } from '#api/errors.ts';
import { getMeQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { addStaffComment, delayReply } from '#api/generated/sdk.gen.ts';
import type { CurrentMember } from '#api/generated/types.gen.ts';
import { commentName, delayedName, rename } from '#shared/message-keys.ts';
import { type OutboxItem, openOutbox } from '#shared/outbox.ts';
import { contentOf } from '#shared/outbox-content.ts';
import { addComment, putDelayedReply } from './cache.ts';
import { syncDraft } from './drafts.ts';
import { preferences } from './preferences.ts';
import { isSignedOut } from './signed-out.ts';
import { newerComments, type ReplyExtra } from './stale.ts';
import { sayDone, whileActing } from './ui/toasts.ts';
import { undoReply } from './undo-reply.ts';

export const UNDO_SECONDS = 8;
export const MAX_UNDO_SECONDS = 30;

/** How long a reply can be undone: a setting of the member, 0 to 30. */
export function undoSeconds(): number {
  const chosen = preferences().undo_seconds;
  return typeof chosen === 'number' ? Math.min(MAX_UNDO_SECONDS, Math.max(0, chosen)) : UNDO_SECONDS;
}

export const openConsoleOutbox = (staffId: number) =>
  openOutbox({
    owner: `staff.${staffId}`,
    send,
    canSend: () =>
      !isSignedOut() && queryClient.getQueryData<CurrentMember>(getMeQueryKey())?.staff_id === staffId,
  });

async function send(item: OutboxItem) {
  const { id, ticket_number, kind, extra } = item;
  const request = { path: { ticket_number }, headers: once(id) };
  const { delay_seconds = undoSeconds(), ...more } = extra as ReplyExtra; // the composer has put it there
  const content = { ...more, ...contentOf(item) };
  if (kind === 'note') {
    const note = await addStaffComment({ ...request, body: { ...content, internal: true } });
    rename(id, commentName(note.id));
    addComment(note);
    return;
  }
  try {
    const reply = await whileActing(delayReply({ ...request, body: { ...content, delay_seconds } }));
    rename(id, delayedName(reply.delayed_reply_id));
    putDelayedReply(reply);
    syncDraft(ticket_number, false, 0); // with the reply the server removes what is older: what was typed since is not
    if (delay_seconds === 0) return;
    sayDone(t`The reply to #${ticket_number} is on its way`, {
      label: t`Undo`,
      run: () => undoReply(reply),
      seconds: delay_seconds,
    });
  } catch (error) {
    if (error instanceof ApiError) for (const comment of newerComments(error.problem)) addComment(comment);
    throw error;
  }
}
