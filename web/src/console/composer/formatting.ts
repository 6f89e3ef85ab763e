/** What the buttons of the toolbar do to the text, as one replacement, so that the browser can undo it. */

export type Format = 'bold' | 'italic' | 'code' | 'list' | 'link';

export interface Replacement {
  from: number;
  to: number;
  text: string;
  /** What is selected afterwards. */
  selectFrom: number;
  selectTo: number;
}

const marks = { bold: '**', italic: '_', code: '`' } as const;

export function format(kind: Format, text: string, start: number, end: number): Replacement {
  if (kind === 'list') return asList(text, start, end);
  const chosen = text.slice(start, end);
  if (kind === 'link') {
    const from = start + 1 + chosen.length + 2;
    const isAddress = /^https?:\/\/\S+$/.test(chosen);
    if (isAddress) return replacing(start, end, `[](${chosen})`, start + 1, start + 1);
    return replacing(start, end, `[${chosen}](https://)`, from, from + 'https://'.length);
  }
  if (kind === 'code' && chosen.includes('\n')) {
    const block = `\`\`\`\n${chosen.replace(/\n$/, '')}\n\`\`\``;
    return replacing(start, end, block, start + 4, start + block.length - 4);
  }
  return wrap(marks[kind], text, start, end);
}

/** Puts marks around the selection, or takes them away. */
function wrap(mark: string, text: string, start: number, end: number): Replacement {
  const size = mark.length;
  const chosen = text.slice(start, end);
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark && start >= size)
    return replacing(start - size, end + size, chosen, start - size, end - size);
  if (chosen.length > 2 * size && chosen.startsWith(mark) && chosen.endsWith(mark))
    return replacing(start, end, chosen.slice(size, -size), start, end - 2 * size);
  return replacing(start, end, mark + chosen + mark, start + size, end + size);
}

/** Every line that the selection touches begins with a dash, or no longer does. */
function asList(text: string, start: number, end: number): Replacement {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const isList = lines.every((line) => line.startsWith('- '));
  const list = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join('\n');
  const caret = from + list.length;
  return replacing(from, to, list, start === end ? caret : from, caret);
}

const replacing = (
  from: number,
  to: number,
  text: string,
  selectFrom: number,
  selectTo: number,
): Replacement => ({ from, to, text, selectFrom, selectTo });
