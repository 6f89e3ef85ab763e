/** One word for each idea: the words that are replaced by another one appear nowhere in code and docs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** What is not said, and what is said instead. */
const replaced: Array<[not: RegExp, say: string]> = [
  [/\b(?:ready|canned|held)[ _-]?answers?\b/i, 'canned response, delayed reply'],
  [/(?:ready|canned|held)Answers?\b/, 'cannedResponse, delayedReply'],
  [/first[ _-]?answer/i, 'first response'],
  [/hand-?over\b|\bvouch/i, 'single sign-on, sign-in link, identity provider'],
  [/\bauto[ _-]?rules?\b|\bsilence\b/i, 'inactivity rule, inactivity'],
  [/\btwins?\b/i, 'concurrent duplicate'],
  [/\bclient[ _-]?users?\b/i, 'contact'],
  [/\bcolleagues?\b|\bmembers? of support\b/i, 'team member'],
  [/\bdeeds?\b/i, 'action'],
  [/\bwhispers?\b/i, 'internal note, ephemeral event'],
  [/\bunder way\b|\bunder_way\b/i, 'in progress'],
  [/\breword(?:ed|ing|s)?\b|\babsorbs?\b/i, 'reindex, merge'],
  [/\bquotas?\b/i, 'rate limit'],
  [/\b(?:openDesk|recordDesk|deskEvents)\b/, 'instance'],
];

const root = join(import.meta.dirname, '..', '..');
const folders = ['bench', 'chaos', 'docs', 'server', 'tools'];
const inFolders = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
);
/** Texts that people of the demo write are theirs. */
const isOurs = (file: string) =>
  /\.(?:ts|js|sql|md|json)$/.test(file) &&
  !/node_modules|package-lock|server\/demo\/(?:conversations|files)|words\.test\.ts/.test(file);

test('no replaced word is left in code, docs and the reference', () => {
  const files = [...readdirSync(root), ...inFolders].filter(isOurs);
  const left = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return replaced
      .filter(([not]) => not.test(text))
      .map(([not, say]) => `${file}: “${not.exec(text)?.[0]}”, say ${say}`);
  });
  assert.deepEqual(left, []);
});
