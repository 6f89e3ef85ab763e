import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { changeDraft, readDraft, setDraftOwner, writeDraft } from './drafts.ts';

const stored = new Map<string, string>();
let isFull = false;
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem(key: string, value: string) {
    if (isFull) throw new Error('QuotaExceededError');
    stored.set(key, value);
  },
  removeItem: (key: string) => stored.delete(key),
};
Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });

const draft = (text: string) => ({ text, files: [], saved_at: '2026-01-01T10:00:00Z' });

afterEach(() => {
  isFull = false;
  stored.clear();
});

test('a draft belongs to its writer', () => {
  setDraftOwner('staff.1');
  writeDraft('ticket.5.reply', draft('mine'));
  setDraftOwner('staff.2');
  assert.equal(readDraft('ticket.5.reply'), null);
  setDraftOwner('staff.1');
  assert.equal(readDraft('ticket.5.reply')?.text, 'mine');
});

test('without room the page keeps the newest text, not what was stored before', () => {
  assert.equal(writeDraft('ticket.6.reply', draft('old')), true);
  isFull = true;
  assert.equal(writeDraft('ticket.6.reply', draft('new')), false);
  assert.equal(readDraft('ticket.6.reply')?.text, 'new');
  isFull = false;
  writeDraft('ticket.6.reply', null);
  assert.equal(readDraft('ticket.6.reply'), null);
});

test('a draft that is not on the page is changed from outside, and goes when nothing is left', () => {
  changeDraft('ticket.7.note', () => ({ text: 'back' }));
  changeDraft('ticket.7.note', ({ text }) => ({ text: `${text} again` }));
  assert.equal(readDraft('ticket.7.note')?.text, 'back again');
  changeDraft('ticket.7.note', () => ({ text: '' }));
  assert.equal(readDraft('ticket.7.note'), null);
});

test('what another program has written is no draft', () => {
  stored.set('paneldesk.draft.staff.1.x', '{"text":5}');
  stored.set('paneldesk.draft.staff.1.y', 'nothing');
  assert.equal(readDraft('x'), null);
  assert.equal(readDraft('y'), null);
});
