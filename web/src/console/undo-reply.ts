import { cancelDelayedReply } from '#api/generated/sdk.gen.ts';
import type { DelayedReply } from '#api/generated/types.gen.ts';
import { readDraft, writeDraft } from '#shared/drafts.ts';
import { removeDelayedReply } from './cache.ts';

export const draftName = (number: number, isInternal: boolean) =>
  `ticket.${number}.${isInternal ? 'note' : 'reply'}`;

/** Takes a delayed reply back: its text stands in the composer again, above what was typed since. */
export async function undoReply({ delayed_reply_id, ticket_number, is_internal }: DelayedReply) {
  const { body, files } = await cancelDelayedReply({ path: { delayed_reply_id } });
  const name = draftName(ticket_number, is_internal);
  const typed = readDraft(name);
  writeDraft(name, {
    text: [body, typed?.text].filter(Boolean).join('\n\n'),
    files: [...files, ...(typed?.files ?? [])],
    saved_at: new Date().toISOString(),
  });
  removeDelayedReply(ticket_number, delayed_reply_id);
}
