/** Files and folders named in docs, comments and tests exist. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const folders = ['', 'bench', 'chaos', 'docs', 'server', 'tools'];
const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== '', encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => /\.(ts|js|sql|md)$/.test(file) && !file.includes('node_modules'));
/** Created by a test in a folder of its own. */
const made = '9999_later.sql';
const names = new Set([...files.map((file) => basename(file)), made]);
const starts = ['', 'server/', 'server/src/', 'server/test/'];

/** A bare file name may be anywhere. A path starts at the root or where the code is. */
function isThere(named: string): boolean {
  const path = named.replace(/^(#|(\.{1,2}\/)+)/, '');
  if (!path.includes('/')) return names.has(path);
  return starts.some((start) => existsSync(join(root, start, path))) || isBehindFolder(path);
}

/** `events/events.ts` is short for the one file whose path ends like that. */
const isBehindFolder = (path: string) => files.some((file) => file.endsWith(`/${path}`));

const namedFile = /(?<![\w@./<…{$*-])[\w@#./-]*(?:\w\.ts|\d{4}_\w+\.sql)\b(?!['"]?\))/g;
/** One or more, such as `src/desk/tickets/ files/`: those after the first are siblings. */
const namedFolders = /`((?:server|src|docs|bench|chaos|tools)\/(?:[\w./ -]*\/)?)`/g;

function foldersOf(list: string): string[] {
  const [first = '', ...others] = list.split(' ');
  return [first, ...others.map((one) => join(first, '..', one))];
}

function missingIn(file: string, text: string): string[] {
  const found = [...text.matchAll(namedFile)].map(([path]) => path);
  const named = [...text.matchAll(namedFolders)].flatMap(([, list = '']) => foldersOf(list));
  return [...found, ...named].filter((path) => !isThere(path)).map((path) => `${file}: ${path}`);
}

test('docs name only files and folders that exist', () => {
  const docs = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
  const missing = docs.flatMap((file) => missingIn(file, readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(missing, []);
});

test('comments, and tables of tests, name only files that exist', () => {
  const sources = files.filter((file) => /^(server|bench|chaos|tools)\/.*\.ts$/.test(file));
  const missing = sources.flatMap((file) => missingIn(file, readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(missing, []);
});
