/** Files for tests, and the ways in which they come to a page besides the picker. */
import type { Locator } from 'playwright-core';

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A PNG of one pixel. */
export const image = (name = 'graph.png'): TestFile => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
});

export const textFile = (name: string, text: string): TestFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

/** Drops files on an element, or pastes them or HTML into it. */
export async function give(
  element: Locator,
  type: 'drop' | 'paste',
  content: { files?: TestFile[]; html?: string; text?: string },
) {
  const files = content.files?.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }));
  await element.evaluate(
    (target, { type, files = [], html, text }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (html) data.setData('text/html', html);
      if (text) data.setData('text/plain', text);
      const options = { bubbles: true, cancelable: true };
      if (type === 'paste') {
        (target as HTMLElement).focus(); // a composer
        target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
        return;
      }
      for (const name of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(name, { ...options, dataTransfer: data }));
    },
    { type, files, html: content.html, text: content.text },
  );
}
