/** `virtual:emoji/en`: the emoji of a language. The data set has much more of each than a picker needs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

interface Row {
  unicode: string;
  label: string;
  tags?: string[];
  /** Single letters have none. */
  group?: number;
}

/** Tones of skin and the like. */
const COMPONENTS = 2;

export const emoji: Plugin = {
  name: 'emoji',
  resolveId: (id) => (id.startsWith('virtual:emoji/') ? `\0${id}` : undefined),
  load(id) {
    const language = /^\0virtual:emoji\/([a-z]+)$/.exec(id)?.[1];
    if (!language) return;
    const path = createRequire(import.meta.url).resolve(`emojibase-data/${language}/compact.json`);
    const all: Row[] = JSON.parse(readFileSync(path, 'utf8'));
    const rows = all
      .filter(({ group }) => group !== undefined && group !== COMPONENTS)
      .map(({ unicode, label, tags = [] }) => [unicode, label, tags.join(' ')]);
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(rows))})`;
  },
};
