/** docs/api.md lists the code of every refusal: programs rely on it, and the words of the web are compared with it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSources } from './sources.ts';

test('the list of codes in docs/api.md is the one of the sources', () => {
  const sources = readSources().filter(({ file }) => !file.endsWith('.test.ts'));
  const found = new Set(sources.flatMap(({ text }) => codesIn(text)));
  assert.ok(found.size > 100);
  const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const rows = page.match(/^\| \d{3}(?:, \d{3})* \| `.*$/gm) ?? [];
  const listed = rows.flatMap((row) => [...row.replace('under `request_id`', '').matchAll(/`([a-z_]+)`/g)]);
  assert.deepEqual(listed.map(([, code]) => code).sort(), [...found].sort());
});

/** Where a refusal is made, its code is the first text in lower case, or follows from what is missing. */
function codesIn(text: string): string[] {
  const made =
    /\b(?:new ApiError|invalid|conflict|unavailable|unsupportedType|when|refusal)\(([^'`;]*?)'([a-z]+(?:_[a-z]+)*)',\s/g;
  const named = /\bcode: '([a-z]+(?:_[a-z]+)+)'/g;
  const missing = /\bnotFound\('([a-z ]+)'\)/g;
  return [
    ...[...text.matchAll(made)].map(([, , code = '']) => code),
    ...[...text.matchAll(named)].map(([, code = '']) => code),
    ...[...text.matchAll(missing)].map(([, what = '']) => `${what.replaceAll(' ', '_')}_not_found`),
  ];
}
