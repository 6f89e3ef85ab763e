import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '#api/errors.ts';
import type { Problem } from '#api/generated/types.gen.ts';
import {
  closeOutbox,
  discard,
  flushOutbox,
  getOutbox,
  type OutboxItem,
  openOutbox,
  send,
  sendAgain,
} from './outbox.ts';

/** There is no IndexedDB here: items live with the page. */
interface Sent {
  id: string;
  body: string;
}

const problem = (status: number, code: string): Problem => ({
  type: 'about:blank',
  title: code,
  status,
  detail: code,
  code,
  request_id: '1',
});
const failure = (status: number, code: string) => new ApiError(status, problem(status, code));

async function open(answer: (item: OutboxItem, tries: number) => Error | null, canSend = () => true) {
  const tried: Sent[] = [];
  await openOutbox({
    owner: 'staff.1',
    canSend,
    async send(item) {
      tried.push({ id: item.id, body: item.body });
      const error = answer(item, tried.length);
      if (error) throw error;
    },
  });
  return tried;
}

const write = (body: string, ticket_number = 1) =>
  send({ ticket_number, kind: 'reply', body, files: [], extra: {} });
const bodies = (sent: Sent[]) => sent.map(({ body }) => body);

afterEach(() => {
  for (const { id } of getOutbox()) discard(id);
  closeOutbox();
});

async function until(isTrue: () => boolean) {
  for (let i = 0; i < 400 && !isTrue(); i++) await wait(20);
  assert.ok(isTrue(), 'it has not come');
}

test('items go in order, and leave the outbox', async () => {
  const tried = await open(() => null);
  for (const body of ['a', 'b', 'c']) write(body);
  await until(() => getOutbox().length === 0);
  assert.deepEqual(bodies(tried), ['a', 'b', 'c']);
});

test('after a lost response the same key is tried again, and what comes later waits', async () => {
  const tried = await open((_, tries) => (tries === 1 ? new ApiError(0, null) : null));
  write('a');
  write('b');
  await until(() => getOutbox().length === 0);
  assert.deepEqual(bodies(tried), ['a', 'a', 'b']);
  assert.equal(tried[0]?.id, tried[1]?.id);
});

test('a try that the server is still working on is no refusal', async () => {
  const tried = await open((_, tries) => (tries === 1 ? failure(409, 'request_in_progress') : null));
  write('a');
  await until(() => getOutbox().length === 0);
  assert.equal(tried[0]?.id, tried[1]?.id);
});

test('a refused item stops its own ticket only, and goes again with another key', async () => {
  const tried = await open(({ body }, tries) =>
    body === 'a' && tries === 1 ? failure(412, 'changed_meanwhile') : null,
  );
  const { id } = write('a');
  write('b');
  write('other', 2);
  await until(() => tried.length === 2);
  assert.deepEqual(bodies(tried), ['a', 'other']);
  assert.equal(getOutbox()[0]?.problem?.code, 'changed_meanwhile');
  sendAgain(id, { extra: { last_comment_id: 7 } });
  await until(() => getOutbox().length === 0);
  assert.deepEqual(bodies(tried), ['a', 'other', 'a', 'b']);
  assert.notEqual(tried[2]?.id, id);
});

test('an error of the server on one ticket does not hold up the others', async () => {
  const tried = await open((_, tries) => (tries === 1 ? failure(500, 'internal_error') : null));
  write('a');
  write('other', 2);
  await until(() => getOutbox().length === 0);
  assert.deepEqual(bodies(tried), ['a', 'other', 'a']);
});

test('while its owner is signed out everything waits', async () => {
  let isSignedIn = true;
  const tried = await open(
    () => {
      if (isSignedIn) return null;
      return failure(401, 'unauthorized');
    },
    () => isSignedIn,
  );
  isSignedIn = false;
  write('a');
  await wait(50);
  assert.deepEqual(tried, []);
  assert.equal(getOutbox()[0]?.state, 'waiting');
  isSignedIn = true;
  flushOutbox();
  await until(() => getOutbox().length === 0);
});
