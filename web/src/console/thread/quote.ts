/** Puts what was written into the composer, as a quotation. */
import { changeDraft } from '#shared/drafts.ts';
import { draftName } from '../drafts.ts';
import { runKey } from '../keys/registry.ts';

export const asQuote = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n');

/** Into the reply, or into the note where no reply can be written. */
export function quote(number: number, text: string, canReply: boolean) {
  const mode = canReply ? 'reply' : 'note';
  changeDraft(draftName(number, mode === 'note'), (draft) => ({
    text: `${draft.text.trim() ? `${draft.text.trimEnd()}\n\n` : ''}${asQuote(text)}\n\n`,
  }));
  runKey(mode, new KeyboardEvent('keydown')); // what the key does: the composer gets the focus
}

/** The selected text of the conversation; null without any. */
export function selectedText(): string | null {
  const selection = getSelection();
  const text = selection?.toString().trim();
  const element = selection?.anchorNode?.parentElement;
  return text && element?.closest('[data-thread]') ? text : null;
}

/** The id of the message that has the focus or the pointer; null when none has. */
export function currentMessage(): number | null {
  const message =
    document.activeElement?.closest<HTMLElement>('[data-comment]') ??
    document.querySelector<HTMLElement>('[data-comment]:hover');
  return message ? Number(message.dataset.comment) : null;
}
