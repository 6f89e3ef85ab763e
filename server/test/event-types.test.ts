/** What depends on the type of an event is defined once, in platform/events/types. Other code derives it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typesWhere } from '#platform/events/types.ts';
import { readSources } from './sources.ts';

const type = `'(?:${typesWhere(() => true)
  .join('|')
  .replaceAll('.', '\\.')})'`;
const listing = {
  'switches on types': new RegExp(`\\bcase ${type}`),
  'lists types': new RegExp(`\\[[^\\]]*${type}[^\\]]*,\\s*${type}`),
  'has types in its SQL, where no compiler sees them': new RegExp(`\\btype\\s*(=|<>|in \\(|like)\\s*${type}`),
};

test('only the table lists the types of events', () => {
  const product = readSources().filter(({ file }) => !/\.test\.ts$|^platform\/events\/types/.test(file));
  const found = product.flatMap(({ file, text }) =>
    Object.entries(listing).flatMap(([what, pattern]) => (pattern.test(text) ? [`${file} ${what}`] : [])),
  );
  assert.deepEqual(found, []);
});
