/** What the field of a ticket that loads leaves to the composer that takes its place, in the same commit. */

export const fieldId = (number: number) => `reply-${number}`;

export const isWriting = (number: number) => document.activeElement?.id === fieldId(number);

interface Left {
  number: number;
  /** The draft before anything was typed there. */
  before: string;
  /** Null when it had no focus. */
  caret: Pick<
    HTMLTextAreaElement,
    'selectionStart' | 'selectionEnd' | 'selectionDirection' | 'scrollTop'
  > | null;
}

let left: Left | null = null;

/** Called while the field is on the page for the last time. */
export function leave(number: number, before: string, field: HTMLTextAreaElement | null) {
  if (!field) return;
  const { selectionStart, selectionEnd, selectionDirection, scrollTop } = field;
  const caret = { selectionStart, selectionEnd, selectionDirection, scrollTop };
  left = { number, before, caret: isWriting(number) ? caret : null };
}

/** Gives the focus and the caret to the field; returns what the draft was before, if it was left for this ticket. */
export function takeOver(number: number, field: HTMLTextAreaElement | null): string | null {
  const taken = left;
  left = null;
  if (taken?.number !== number) return null;
  const { before, caret } = taken;
  if (!caret || !field) return before;
  field.focus({ preventScroll: true });
  field.setSelectionRange(caret.selectionStart, caret.selectionEnd, caret.selectionDirection);
  field.scrollTop = caret.scrollTop;
  return before;
}
