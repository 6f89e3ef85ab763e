/** What a paste into a composer becomes: a screenshot is attached, a table of a spreadsheet is written in Markdown. */
import type { ClipboardEvent } from 'react';

interface Clipboard {
  clipboardData: DataTransfer;
}

/** For `onPaste` of a textarea; everything else is pasted as ever. */
export function pasteInto(event: ClipboardEvent<HTMLTextAreaElement>, add: (files: File[]) => void) {
  const { clipboardData }: Clipboard = event;
  const html = clipboardData.getData('text/html');
  const text = clipboardData.getData('text/plain');
  const files = Array.from(clipboardData.files, named);
  if (/<table[\s>]/i.test(html)) {
    const textarea = event.currentTarget;
    event.preventDefault();
    void import('./table.ts').then(
      ({ tableOf }) => insertText(textarea, tableOf(html) ?? text),
      () => insertText(textarea, text),
    );
  } else if (files.length > 0 && (text === '' || isNamesOf(text, files))) {
    event.preventDefault();
    add(files);
  }
}

/** Writes at the caret, as typing does: it can be undone. */
export function insertText(textarea: HTMLTextAreaElement, text: string) {
  textarea.focus();
  // The only way into the browser's own undo.
  if (document.execCommand('insertText', false, text)) return;
  textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, 'end');
  textarea.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** A file that was copied in a folder comes with its name, or its path, as text. */
const isNamesOf = (text: string, files: File[]) =>
  text.split(/\r?\n/).every((line) => files.some(({ name }) => line.trim().endsWith(name)));

/** A screenshot is always “image.png”: the time tells them apart. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
  return new File([file], `screenshot-${time}.${file.name.split('.').at(-1)}`, { type: file.type });
}
