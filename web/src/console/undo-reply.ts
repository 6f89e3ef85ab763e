/** Replies that come back to their author: undone, or not sent by the server. */
import { t } from '@lingui/core/macro';
import { queryClient } from '#api/client.ts';
import { cancelDelayedReply } from '#api/generated/sdk.gen.ts';
import type {
  DelayedReply,
  StaffEventBase,
  StaffTicketWithComments,
  UploadedFile,
} from '#api/generated/types.gen.ts';
import { changeDraft } from '#shared/drafts.ts';
import { removeDelayedReply, ticketKey } from './cache.ts';
import { draftName } from './drafts.ts';
import { sayFailed } from './ui/toasts.ts';

/** Takes a delayed reply back: its text stands in the composer again, above what was typed since. */
export async function undoReply({ delayed_reply_id, ticket_number, is_internal }: DelayedReply) {
  const { body, files } = await cancelDelayedReply({ path: { delayed_reply_id } });
  returnText(draftName(ticket_number, is_internal), body, files);
  removeDelayedReply(ticket_number, delayed_reply_id);
}

/** Says when it is too late. */
export const tryToUndo = (reply: DelayedReply) =>
  undoReply(reply).catch((error: Error) => sayFailed(error.message));

function returnText(name: string, body: string, files: UploadedFile[]) {
  changeDraft(name, (typed) => {
    if (typed.text.startsWith(body)) return {}; // another tab has done it
    return { text: [body, typed.text].filter(Boolean).join('\n\n'), files: [...files, ...typed.files] };
  });
}

/** The server could not send a reply when it was due: says so to its author, and shows its text again. */
export function returnStoppedReply({ type, ticket, data }: StaffEventBase, ownId: number) {
  if (type !== 'delayed_reply.stopped' || data?.staff_id !== ownId || !ticket) return;
  const { number } = ticket;
  const known = queryClient.getQueryData<StaffTicketWithComments>(ticketKey(number));
  const reply = known?.delayed_replies.find(({ delayed_reply_id: id }) => id === data.delayed_reply_id);
  if (reply) {
    returnText(draftName(number, reply.is_internal), reply.body, reply.files);
    removeDelayedReply(number, reply.delayed_reply_id);
  }
  sayFailed(
    data.reason === 'changed_meanwhile'
      ? t`Your reply to #${number} was not sent, as somebody has written meanwhile. It is in your draft.`
      : t`Your reply to #${number} was not sent. It is in your draft.`,
  );
}
