/** The catalogs of messages, for tests that read them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WEB } from './sources.ts';

export const faces = ['console', 'portal'];
export const languages = ['en', 'ru'];
export const pathOf = (face: string, language: string) => join(WEB, 'src', 'locales', face, `${language}.po`);

/** Messages with their translations. */
export function readCatalog(face: string, language: string): Map<string, string> {
  const text = readFileSync(pathOf(face, language), 'utf8');
  const entries = text
    .split(/\n\n+/)
    .map((block) => [fieldOf(block, 'msgid'), fieldOf(block, 'msgstr')] as const);
  return new Map(entries.filter(([id]) => id !== ''));
}

/** A field of a PO entry, whose lines are JSON strings. */
function fieldOf(block: string, name: string): string {
  const lines = new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\s*)+)`, 'm').exec(block)?.[1] ?? '""';
  return [...lines.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([line]) => JSON.parse(line) as string).join('');
}
