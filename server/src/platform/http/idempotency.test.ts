/** Idempotency-Key: a retry gets the first response, and nothing is done twice. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { type Caller, multipart, type Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { sweepSavedResponses } from './saved-responses.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const acme = await instance.client('acme');
const acmeAtOtherProcess = await otherProcess.client('acme');
const other = await instance.client('other');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');

const opened = { summary: 'Disk full', comment_body: 'Help' };
const newKey = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const open = async (): Promise<number> => (await acme.post('/support/tickets', opened)).body.number;

/** A retry gets the first response byte by byte, and a header that says so. */
function assertReplayed(again: Response, first: Response) {
  assert.equal(again.status, first.status);
  assert.equal(again.text, first.text);
  assert.equal(again.headers.etag, first.headers.etag);
  assert.equal(again.headers['content-type'], first.headers['content-type']);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.equal(first.headers['idempotency-replayed'], undefined);
}

test('every POST replays its first response and does nothing more', async () => {
  const number = await open();
  const response = (await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' })).body.id;
  const toSplit = (await agent.post(`/staff/tickets/${number}/comments`, { body: 'And another thing' })).body
    .id;
  const [toClose, toResolve] = [await open(), await open()];
  const form = multipart('log.txt', 'a line');
  const posts: Record<string, (key: Record<string, string>) => Promise<Response>> = {
    'opening a ticket': (key) => acme.post('/support/tickets', opened, key),
    'a comment': (key) => acme.post(`/support/tickets/${number}/comments`, { body: 'More' }, key),
    reading: (key) => acme.post(`/support/tickets/${number}/read`, undefined, key),
    'a vote on a comment': (key) => acme.post(`/support/comments/${response}/vote`, { score: 1 }, key),
    'an upload': (key) => acme.post('/files/public/files', form.body, { 'content-type': form.type, ...key }),
    closing: (key) => acme.post(`/support/tickets/${number}/close`, {}, key),
    'a vote': (key) => acme.post(`/support/tickets/${number}/vote`, { score: 9 }, key),
    reopening: (key) => acme.post(`/support/tickets/${number}/reopen`, { body: 'It is back' }, key),
    'a response': (key) => agent.post(`/staff/tickets/${number}/comments`, { body: 'Again' }, key),
    'a split': (key) =>
      agent.post(`/staff/tickets/${number}/split`, { comment_ids: [toSplit], summary: 'Other' }, key),
    'a resolution': (key) => agent.post(`/staff/tickets/${toResolve}/resolve`, undefined, key),
    'closing by support': (key) => agent.post(`/staff/tickets/${toClose}/close`, { reason: 'spam' }, key),
    'a ticket for an account': (key) =>
      agent.post('/staff/tickets', { account_id: acme.accountId, ...opened }, key),
    'a topic': (key) =>
      admin.post('/staff/topics', { key: 'billing', name: { en: 'Billing', ru: 'Оплата' } }, key),
  };
  for (const [what, post] of Object.entries(posts)) {
    const key = newKey();
    const first = await post(key);
    assert.equal(first.status, 200, `${what}: ${first.text}`);
    await storingNothing(instance, async () => assertReplayed(await post(key), first));
  }
});

test('the first response is replayed even when the ticket has changed since', async () => {
  const key = newKey();
  const first = await acme.post('/support/tickets', opened, key);
  await acme.post(`/support/tickets/${first.body.number}/close`);
  assertReplayed(await acmeAtOtherProcess.post('/support/tickets', opened, key), first);
});

test('a key used for another body or another path is refused, and nothing is done', async () => {
  const [number, another] = [await open(), await open()];
  const key = newKey();
  await acme.post(`/support/tickets/${number}/comments`, { body: 'More' }, key);
  const misuses: Array<() => Promise<Response>> = [
    () => acme.post(`/support/tickets/${number}/comments`, { body: 'Less' }, key),
    () => acme.post(`/support/tickets/${number}/comments`, { body: 'More', files: [randomUUID()] }, key),
    () => acme.post(`/support/tickets/${another}/comments`, { body: 'More' }, key),
    () => acme.post(`/support/tickets/${number}/close`, {}, key),
    () => acme.upload('log.txt', 'a line', key),
  ];
  for (const misuse of misuses) {
    const response = await storingNothing(instance, misuse);
    assertProblem(response, 422, 'idempotency_key_reused');
  }
});

test('the keys of two accounts, and of an account and staff, are independent', async () => {
  const key = newKey();
  const first = await acme.post('/support/tickets', opened, key);
  const second = await other.post('/support/tickets', opened, key);
  assert.notEqual(second.body.number, first.body.number);
  assert.equal(second.headers['idempotency-replayed'], undefined);
  assertProblem(await other.get(`/support/tickets/${first.body.number}`), 404);

  const forAccount = { account_id: acme.accountId, ...opened };
  const byAgent = await agent.post('/staff/tickets', forAccount, key);
  const byAdmin = await admin.post('/staff/tickets', forAccount, key);
  assert.equal(new Set([first, second, byAgent, byAdmin].map(({ body }) => body.number)).size, 4);
});

test('another token of the same account gets the same response', async () => {
  const key = newKey();
  const first = await acme.post('/support/tickets', opened, key);
  assertReplayed(await (await instance.client('acme')).post('/support/tickets', opened, key), first);
});

test('50 parallel duplicates over two processes make one row, and only 200 and 409', async () => {
  for (let round = 0; round < 25; round++) {
    const key = newKey();
    const ask = { ...opened, summary: `Round ${round}` };
    const duplicates = Array.from({ length: 50 }, (_, i) =>
      (i % 2 ? acmeAtOtherProcess : acme).post('/support/tickets', ask, key),
    );
    const responses = await Promise.all(duplicates);
    const done = responses.filter(({ status }) => status === 200);
    const fresh = done.filter(({ headers }) => headers['idempotency-replayed'] === undefined);
    assert.equal(fresh.length, 1, 'one of them is carried out');
    assert.equal(new Set(done.map(({ text }) => text)).size, 1, 'all get its response');
    for (const response of responses)
      if (response.status !== 200) assertProblem(response, 409, 'request_in_progress');
    assert.equal((await instance.query('select from tickets where summary = $1', [ask.summary])).length, 1);
    assertReplayed(await acmeAtOtherProcess.post('/support/tickets', ask, key), fresh[0] as Response);
  }
});

test('a refused request does not use up its key', async () => {
  const number = await open();
  const key = newKey();
  const reopen = (caller: Caller) =>
    caller.post(`/support/tickets/${number}/reopen`, { body: 'It is back' }, key);
  assertProblem(await reopen(acme), 409, 'ticket_not_closed');
  assertProblem(
    await acme.post('/support/tickets', { ...opened, topic_key: 'nothing' }, key),
    400,
    'unknown_topic',
  );
  assertProblem(await acme.post('/support/tickets', { ...opened, summary: '' }, key), 400, 'invalid_request');
  assertProblem(await acme.post('/support/tickets/1/comments', { body: 'a' }, key), 404, 'ticket_not_found');

  await acme.post(`/support/tickets/${number}/close`);
  const first = await reopen(acme);
  assert.equal(first.status, 200);
  assertReplayed(await reopen(acmeAtOtherProcess), first);
});

test('a key expires after 24 hours', async () => {
  const key = newKey();
  const age = (hours: string) =>
    instance.query('update idempotency_keys set created_at = now() - $2::interval where key = $1', [
      key['idempotency-key'],
      hours,
    ]);
  const first = await acme.post('/support/tickets', opened, key);
  await age('23 hours 59 minutes');
  assertReplayed(await acme.post('/support/tickets', opened, key), first);

  await age('24 hours 1 second');
  const second = await acme.post('/support/tickets', { ...opened, summary: 'Another' }, key);
  assert.equal(second.status, 200);
  assert.notEqual(second.body.number, first.body.number);
  assertReplayed(await acme.post('/support/tickets', { ...opened, summary: 'Another' }, key), second);

  await age('24 hours 1 second');
  await sweepSavedResponses(instance.database.db);
  const saved = await instance.query('select from idempotency_keys where key = $1', [key['idempotency-key']]);
  assert.equal(saved.length, 0);
});

test('50 parallel duplicates under an expired key make one row', async () => {
  const key = newKey();
  await acme.post('/support/tickets', opened, key);
  await instance.query("update idempotency_keys set created_at = now() - interval '25 hours'");
  const ask = { ...opened, summary: 'After a day' };
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      (i % 2 ? acmeAtOtherProcess : acme).post('/support/tickets', ask, key),
    ),
  );
  assert.ok(responses.every(({ status }) => status === 200 || status === 409));
  assert.equal((await instance.query('select from tickets where summary = $1', [ask.summary])).length, 1);
});

test('a key in quotes, as in the draft, equals the key without them', async () => {
  const key = randomUUID();
  const first = await acme.post('/support/tickets', opened, newKey(`"${key}"`));
  assertReplayed(await acme.post('/support/tickets', opened, newKey(key)), first);
});

test('a key has 1 to 255 visible ASCII characters', async () => {
  const longest = await acme.post('/support/tickets', opened, newKey('k'.repeat(255)));
  assertReplayed(await acme.post('/support/tickets', opened, newKey('k'.repeat(255))), longest);
  await storingNothing(instance, async () => {
    for (const key of [
      '',
      '""',
      ' ',
      '"a b"',
      'a b',
      'k'.repeat(256),
      `"${'k'.repeat(256)}"`,
      'ключ',
      'a\tb',
    ]) {
      assertProblem(
        await acme.post('/support/tickets', opened, newKey(key)),
        400,
        'invalid_idempotency_key',
        key,
      );
    }
  });
});

test('a secret is never stored: a retry of the request that issued it says that it was shown', async () => {
  const key = newKey();
  const issue = () => admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'panel' }, key);
  const { status, body } = await issue();
  assert.equal(status, 200);
  assert.equal((await acme.send({ url: '/support/topics', headers: { 'x-token': body.token } })).status, 200);

  const again = await storingNothing(instance, issue);
  assertProblem(again, 409, 'secret_shown_once');
  assert.ok(!again.text.includes(body.token));

  const everything = await instance.query<{ row: string }>(`
    select idempotency_keys::text as row from idempotency_keys
    union all select tokens::text from tokens
    union all select events::text from events
  `);
  assert.ok(
    everything.every(({ row }) => !row.includes(body.token)),
    'no table has the secret',
  );
  const other = await admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: 'other' }, key);
  assertProblem(other, 422, 'idempotency_key_reused');
});

test('methods that are idempotent anyway ignore the key', async () => {
  const number = await open();
  const key = newKey();
  const change = (alias: string) =>
    acme.patch(`/support/tickets/${number}`, { client_aliased_name: alias }, key);
  assert.equal((await change('Ivan')).body.client_aliased_name, 'Ivan');
  const second = await change('Maria');
  assert.equal(second.body.client_aliased_name, 'Maria');
  assert.equal(second.headers['idempotency-replayed'], undefined);
  assert.equal((await acme.get(`/support/tickets/${number}`, newKey('a b'))).status, 200);
  assert.deepEqual(
    await instance.query('select from idempotency_keys where key = $1', [key['idempotency-key']]),
    [],
  );
});

test('a caller without permission does not use up a key', async () => {
  const key = newKey();
  const number = await open();
  await acme.post(`/support/tickets/${number}/comments`, { body: 'Mine' }, key);
  const stranger = await storingNothing(instance, () =>
    other.post(`/support/tickets/${number}/comments`, { body: 'Mine' }, key),
  );
  assertProblem(stranger, 404, 'ticket_not_found');
  assertProblem(
    await instance.anonymous.post(`/support/tickets/${number}/comments`, { body: 'Mine' }, key),
    401,
  );
});

test('a retry with its fields in another order is the same request', async () => {
  const key = newKey();
  const sent = '{"summary":"Disk full","comment_body":"Help","client_emails":["a@a.example","b@b.example"]}';
  const reordered =
    '{ "client_emails": ["a@a.example", "b@b.example"], "comment_body": "Help", "summary": "Disk full" }';
  const first = await acme.post('/support/tickets', sent, key);
  assertReplayed(await storingNothing(instance, () => acme.post('/support/tickets', reordered, key)), first);
  const swapped = sent.replace('"a@a.example","b@b.example"', '"b@b.example","a@a.example"');
  assertProblem(await acme.post('/support/tickets', swapped, key), 422, 'idempotency_key_reused');
});

test('nested fields may come in another order, too', async () => {
  const key = newKey();
  const topic = { key: 'reordered', name: { en: 'Mail', ru: 'Почта' } };
  const first = await admin.post('/staff/topics', topic, key);
  assert.equal(first.status, 200, first.text);
  const again = { name: { ru: 'Почта', en: 'Mail' }, key: 'reordered' };
  assertReplayed(await admin.post('/staff/topics', again, key), first);
});
