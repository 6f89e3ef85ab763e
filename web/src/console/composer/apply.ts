/** Changes the text of a field as typing does, so that the browser's own undo takes it back. */
import { insertText } from '#shared/files/paste.ts';
import { type Format, format, type Replacement } from './formatting.ts';

export function replaceIn(field: HTMLTextAreaElement, { from, to, text, selectFrom, selectTo }: Replacement) {
  if (!field.isConnected) return; // it shows another draft by now
  field.focus();
  field.setSelectionRange(from, to);
  insertText(field, text);
  field.setSelectionRange(selectFrom, selectTo);
}

export const applyFormat = (field: HTMLTextAreaElement, kind: Format) =>
  replaceIn(field, format(kind, field.value, field.selectionStart, field.selectionEnd));

/** Puts the text in place of a part, with the caret behind it. */
export function insertAt(field: HTMLTextAreaElement, from: number, to: number, text: string) {
  const caret = from + text.length;
  replaceIn(field, { from, to, text, selectFrom: caret, selectTo: caret });
}

/** At the caret, set off from a word before it. */
export function typeSign(field: HTMLTextAreaElement, sign: '/' | '@') {
  const caret = field.selectionEnd;
  const isInWord = caret > 0 && !/[\s(]/.test(field.value.charAt(caret - 1));
  insertAt(field, caret, caret, isInWord ? ` ${sign}` : sign);
}
