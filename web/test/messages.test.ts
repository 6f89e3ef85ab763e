/** The catalogs of messages: complete, translated, with the same placeholders and with every Russian plural form. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faces, languages, pathOf, readCatalog } from './catalogs.ts';
import { WEB } from './sources.ts';

const placeholdersOf = (text: string) =>
  [
    ...new Set([...text.matchAll(/\{(\w+)[},]|<\/?(\d+)\/?>/g)].map(([, name, tag]) => name ?? `<${tag}>`)),
  ].sort();

test('the catalogs have the messages of the sources: run npm run messages', () => {
  const paths = faces.flatMap((face) => languages.map((language) => pathOf(face, language)));
  const before = paths.map((path) => readFileSync(path, 'utf8'));
  const cli = join(WEB, '..', 'node_modules', '.bin', 'lingui');
  execFileSync(cli, ['extract', '--clean'], { cwd: WEB });
  const after = paths.map((path) => readFileSync(path, 'utf8'));
  for (const [index, text] of before.entries()) writeFileSync(paths[index] ?? '', text); // as they were
  assert.deepEqual(withoutDates(after), withoutDates(before));
});

const withoutDates = (texts: string[]) => texts.map((text) => text.replace(/^"POT-Creation-Date.*\n/m, ''));

for (const face of faces) {
  test(`every message of the ${face} has a Russian translation with its placeholders`, () => {
    const wrong = [...readCatalog(face, 'ru')].filter(
      ([id, text]) => text === '' || String(placeholdersOf(id)) !== String(placeholdersOf(text)),
    );
    assert.deepEqual(wrong, []);
  });

  test(`every Russian plural of the ${face} has the forms one, few, many and other`, () => {
    const wrong = [...readCatalog(face, 'ru').values()].filter(
      (text) =>
        /\{\w+, plural,/.test(text) &&
        !['one', 'few', 'many', 'other'].every((form) => text.includes(` ${form} {`)),
    );
    assert.deepEqual(wrong, []);
  });
}
