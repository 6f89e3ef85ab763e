import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from './key-of.ts';

const press = (key: string, code: string, held: Partial<Parameters<typeof keyOf>[0]> = {}) =>
  keyOf({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...held,
  });

test('keys work on an English, a Russian and a Dvorak keyboard', () => {
  assert.deepEqual([press('c', 'KeyC'), press('j', 'KeyJ'), press('/', 'Slash')], ['c', 'j', '/']);
  assert.deepEqual([press('с', 'KeyC'), press('о', 'KeyJ'), press('.', 'Slash')], ['c', 'j', '/']);
  assert.deepEqual([press('c', 'KeyI'), press('j', 'KeyC'), press('z', 'Slash')], ['c', 'j', undefined]);
  assert.equal(press('/', 'Digit7', { shiftKey: true }), '/', 'German has it on Shift+7');
});

test('what belongs to the browser or to an input method is left alone', () => {
  assert.equal(press('c', 'KeyC', { ctrlKey: true }), undefined);
  assert.equal(press('c', 'KeyC', { metaKey: true }), undefined);
  assert.equal(press('c', 'KeyC', { isComposing: true }), undefined);
  assert.equal(press('C', 'KeyC', { shiftKey: true }), undefined);
  assert.equal(press('x', 'KeyX'), undefined);
});
