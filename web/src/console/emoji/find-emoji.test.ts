import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Emoji, findEmoji } from './find-emoji.ts';

const all: Emoji[] = [
  { emoji: '🎉', name: 'Хлопушка', words: 'хлопушка праздник party popper tada' },
  { emoji: '👍', name: 'Большой палец вверх', words: 'большой палец вверх thumbs up +1' },
  { emoji: '🥳', name: 'Лицо на празднике', words: 'лицо на празднике party face' },
];
const found = (text: string) => findEmoji(all, text).map(({ emoji }) => emoji);

test('emoji are found by the beginnings of their words, in the language of the page and in English', () => {
  assert.deepEqual(found('праздн'), ['🎉', '🥳']);
  assert.deepEqual(found('Party FACE'), ['🥳']);
  assert.deepEqual(found('+1'), ['👍']);
  assert.deepEqual(found('arty'), []);
});

test('what is called so comes first', () => {
  assert.deepEqual(found('лицо'), ['🥳']);
  assert.deepEqual(
    findEmoji([...all, { emoji: '🏠', name: 'Party house', words: 'party house' }], 'party')[0]?.emoji,
    '🏠',
  );
});
