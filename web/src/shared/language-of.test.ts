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

test('a text of any length is read in no time', () => {
  const begin = performance.now();
  for (const text of ['`'.repeat(50_000), '```'.repeat(20_000), 'a.'.repeat(25_000), 'й'.repeat(50_000)])
    languageOf(text);
  assert.ok(performance.now() - begin < 100);
});
