/** Replies that come back to their author: undone, or not sent by the server. */
import { t } from '@lingui/core/macro';
import { queryClient } from '#api/client.ts';
import { cancelDelayedReply } from '#api/generated/sdk.gen.ts';
import type {
  DelayedReply,
  StaffComment,
  StaffEventBase,
  StaffTicketWithComments,
  UploadedFile,
} from '#api/generated/types.gen.ts';
import { changeDraft } from '#shared/drafts.ts';
import { delayedName, rename } from '#shared/message-keys.ts';
import { keepRefused } from '#shared/outbox.ts';
import { removeDelayedReply, ticketKey } from './cache.ts';
import { draftName } from './drafts.ts';
import { wordsOf } from './refusals.ts';
import { type ReplyExtra, staleProblem } from './stale.ts';
import { sayFailed } from './ui/toasts.ts';

/** Takes a delayed reply back: its text stands in the composer again, above what was typed since. */
export async function undoReply({ delayed_reply_id, ticket_number, is_internal }: DelayedReply) {
  const { body, files } = await cancelDelayedReply({ path: { delayed_reply_id } });
  returnText(draftName(ticket_number, is_internal), body, files);
  removeDelayedReply(ticket_number, delayed_reply_id);
}

/** Says when it is too late. */
export const tryToUndo = (reply: DelayedReply) =>
  undoReply(reply).catch((error: unknown) => sayFailed(wordsOf(error)));

function returnText(name: string, body: string, files: UploadedFile[]) {
  changeDraft(name, (typed) => {
    if (typed.text.startsWith(body)) return {}; // another tab has done it
    return { text: [body, typed.text].filter(Boolean).join('\n\n'), files: [...files, ...typed.files] };
  });
}

/** The server could not send a reply when it was due: says so to its author, who decides on it with all texts in view. */
export function returnStoppedReply(event: StaffEventBase, ownId: number, open: (number: number) => void) {
  const { type, ticket, data } = event;
  if (type !== 'delayed_reply.stopped' || data?.staff_id !== ownId || !ticket) return;
  const { number } = ticket;
  const known = queryClient.getQueryData<StaffTicketWithComments>(ticketKey(number));
  const reply = known?.delayed_replies.find(({ delayed_reply_id: id }) => id === data.delayed_reply_id);
  const isStale = data.reason === 'changed_meanwhile';
  if (known && reply) {
    if (isStale && !reply.is_internal) keepStale(reply, known.comments);
    else returnText(draftName(number, reply.is_internal), reply.body, reply.files);
    removeDelayedReply(number, reply.delayed_reply_id);
  }
  const isAsked = isStale && location.pathname.endsWith(`/${number}`); // the ticket is open: its dialog says it
  if (isAsked) return;
  const text = isStale
    ? t`Your reply to #${number} was not sent, as somebody has written meanwhile.`
    : t`Your reply to #${number} was not sent. It is in your draft.`;
  sayFailed(text, { label: t`Open #${number}`, run: () => open(number) });
}

/** As if the server had refused it at once: the ticket asks whether to send it anyway. */
function keepStale(reply: DelayedReply, comments: StaffComment[]) {
  const { delayed_reply_id, ticket_number, body, files, created_at, last_comment_id } = reply;
  const extra: ReplyExtra = {
    delay_seconds: Math.round((Date.parse(reply.send_at) - Date.parse(created_at)) / 1000),
    ...(reply.mentions.length > 0 && { mentions: reply.mentions }),
    ...(reply.status_key === 'resolved' && { status_key: reply.status_key }),
  };
  const id = `stopped.${delayed_reply_id}`; // the same in every tab
  rename(delayedName(delayed_reply_id), id);
  keepRefused({
    id,
    ticket_number,
    kind: 'reply',
    body,
    files,
    extra,
    created_at,
    problem: staleProblem(comments.filter(({ id }) => id > (last_comment_id ?? 0))),
  });
}
