import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from './language-of.ts';

test('the language of a text is that of most of its words, outside of code and addresses', () => {
  assert.equal(languageOf('Сервер vps-fra-2041 не отвечает после reboot'), 'ru');
  assert.equal(languageOf('The server does not respond since 9 o’clock'), 'en');
  assert.equal(languageOf('Не работает: `ERROR 1045 (28000): Access denied for user root`'), 'ru');
  assert.equal(languageOf('```\nAccess denied for user root, access denied\n```'), null);
  assert.equal(languageOf('https://status.example.org/very/long/path office@mebel-lad.example'), null);
});

test('what says too little, or is mixed, has none', () => {
  for (const text of ['', 'ok', 'Да', '12:30', 'VPS в Москве и VPS в Amsterdam and London'])
    assert.equal(languageOf(text), null, text);
});

/** The processor time of the fastest of three calls, in microseconds. */
const costOf = (text: string) =>
  Math.min(
    ...Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      languageOf(text);
      return process.cpuUsage(before).user;
    }),
  );

test('a text is read in time that grows with its length', () => {
  for (const part of ['`', '```', 'a.', 'й', '`a', 'https://a ']) {
    const [one, ten, hundred] = [10_000, 100_000, 1_000_000].map((length) =>
      costOf(part.repeat(length / part.length)),
    ) as [number, number, number];
    const what = `${JSON.stringify(part)}: ${one}, ${ten} and ${hundred} µs`;
    assert.ok(ten < 40 * Math.max(one, 200) && hundred < 40 * Math.max(ten, 2000), what);
  }
});
