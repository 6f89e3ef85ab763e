import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindingsOf, isCharacter, keyOf, ownerOf, recordable } from './bindings.ts';

const table = {
  next: { key: 'J', also: ['ArrowDown'] },
  help: { key: '?' },
  palette: { key: 'Mod+K' },
  mine: { key: 'G 1' },
};

test('letters can be switched off; keys with a name or a modifier stay', () => {
  const keys = (preferences = {}) => bindingsOf(table, preferences).map(({ key }) => key);
  assert.deepEqual(keys(), ['J', 'ArrowDown', '?', 'Shift+/', 'Mod+K', 'G 1']);
  assert.deepEqual(keys({ 'keys.off': true }), ['ArrowDown', 'Mod+K']);
});

test('a changed key takes the place of the one of the table', () => {
  assert.equal(keyOf(table, 'next', { 'key.next': 'N' }), 'N');
  assert.equal(keyOf(table, 'next', {}), 'J');
  assert.equal(keyOf(table, 'next', { 'key.next': 'Mod+J', 'keys.off': true }), 'Mod+J');
});

test('a key that is taken is found, and so is one that begins a sequence', () => {
  assert.equal(ownerOf(table, {}, 'J'), 'next');
  assert.equal(ownerOf(table, {}, 'G'), 'mine');
  assert.equal(ownerOf(table, { 'keys.off': true }, '?'), 'help');
  assert.equal(ownerOf(table, {}, 'W'), null);
});

test('a key that types something is told from one that does not', () => {
  assert.deepEqual(['J', 'Shift+E', '?', 'G 1'].map(isCharacter), [true, true, true, true]);
  assert.deepEqual(['Mod+K', 'Enter', 'Shift+F10'].map(isCharacter), [false, false, false]);
});

test('what is recorded on another layout is kept as the Latin letter of its key', () => {
  assert.equal(recordable('Ц', 'KeyW'), 'W');
  assert.equal(recordable('Shift+Ц', 'KeyW'), 'Shift+W');
  assert.equal(recordable('W', 'KeyZ'), 'W', 'AZERTY has a W there');
  assert.equal(recordable('Mod+Enter', 'Enter'), 'Mod+Enter');
  assert.equal(recordable('Tab', 'Tab'), null);
  assert.equal(recordable('Space', 'Space'), null);
});
