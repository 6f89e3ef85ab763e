/** ETags: nobody overwrites changes they have not read, and nobody downloads what they already have. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const acme = await instance.client('acme');
const acmeAtOtherProcess = await otherProcess.client('acme');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');

const open = async (): Promise<number> =>
  (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body.number;
const tagOf = ({ headers }: Response) => String(headers.etag);
const ticketTag = async (number: number, caller: Caller = acme) =>
  tagOf(await caller.get(`/support/tickets/${number}`));
const ids = (items: Array<{ id: number }>) => items.map(({ id }) => id);

test('every ticket response has a strong ETag, the same for the same content', async () => {
  const opened = await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' });
  assert.match(tagOf(opened), /^"[\w-]+"$/);
  assert.equal(await ticketTag(opened.body.number), tagOf(opened));
  assert.equal(await ticketTag(opened.body.number, acmeAtOtherProcess), tagOf(opened));
  const changed = await acme.patch(`/support/tickets/${opened.body.number}`, { client_aliased_name: 'Ivan' });
  assert.notEqual(tagOf(changed), tagOf(opened));
  assert.equal(await ticketTag(opened.body.number), tagOf(changed));
});

test('a change based on an outdated ticket is refused, and nothing is stored', async () => {
  const number = await open();
  const seen = await ticketTag(number);
  await acme.patch(`/support/tickets/${number}`, { client_aliased_name: 'Ivan' });
  for (const method of ['patch', 'put'] as const) {
    const response = await storingNothing(instance, () =>
      acme[method](`/support/tickets/${number}`, { client_aliased_name: 'Maria' }, { 'if-match': seen }),
    );
    assertProblem(response, 412, 'changed_meanwhile');
    assert.equal('comments' in response.body, false);
  }
  const now = await ticketTag(number);
  const { status, body } = await acme.patch(
    `/support/tickets/${number}`,
    { client_aliased_name: 'Maria' },
    { 'if-match': now },
  );
  assert.equal(status, 200);
  assert.equal(body.client_aliased_name, 'Maria');
});

test('the same holds for staff: the second of two who edit the summary learns that it changed', async () => {
  const number = await open();
  const seen = tagOf(await agent.get(`/staff/tickets/${number}`));
  await admin.patch(`/staff/tickets/${number}`, { summary: 'First' });
  const late = await agent.patch(`/staff/tickets/${number}`, { summary: 'Second' }, { 'if-match': seen });
  assertProblem(late, 412, 'changed_meanwhile');
  assert.equal((await acme.get(`/support/tickets/${number}`)).body.summary, 'First');
});

test('a comment written without the latest comments is refused, and the response contains them', async () => {
  const number = await open();
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Seen' });
  const seen = await ticketTag(number);
  const missed = [
    await agent.post(`/staff/tickets/${number}/comments`, { body: 'Which disk?' }),
    await acme.post(`/support/tickets/${number}/comments`, { body: 'Never mind' }),
  ];
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'He does not know', internal: true });

  const response = await storingNothing(instance, () =>
    acme.post(`/support/tickets/${number}/comments`, { body: 'Hello?' }, { 'if-match': seen }),
  );
  assertProblem(response, 412, 'changed_meanwhile');
  assert.deepEqual(ids(response.body.comments), ids(missed.map(({ body }) => body)));
  const { items } = (await acme.get(`/support/tickets/${number}/comments`, { prefer: 'read-receipt=none' }))
    .body;
  assert.deepEqual(response.body.comments, items.slice(-2), 'as the list shows them, and nothing more');
});

test('staff who reply without the latest comments get them, with the number of the ticket', async () => {
  const number = await open();
  const seen = tagOf(await agent.get(`/staff/tickets/${number}`));
  const { body: missed } = await acme.post(`/support/tickets/${number}/comments`, { body: 'It is fine now' });
  const response = await agent.post(
    `/staff/tickets/${number}/comments`,
    { body: 'Rebooting' },
    { 'if-match': seen },
  );
  assertProblem(response, 412, 'changed_meanwhile');
  assert.deepEqual(ids(response.body.comments), [missed.id]);
  assert.equal(response.body.comments[0].ticket_number, number);
});

test('a ticket that changed in another way is refused without comments', async () => {
  const number = await open();
  const seen = await ticketTag(number);
  await agent.patch(`/staff/tickets/${number}`, { type: 'incident' });
  const response = await acme.post(
    `/support/tickets/${number}/comments`,
    { body: 'Hello?' },
    { 'if-match': seen },
  );
  assertProblem(response, 412, 'changed_meanwhile');
  assert.deepEqual(response.body.comments, []);
});

test('reading and internal notes do not make a write fail', async () => {
  const number = await open();
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Which disk?' });
  const seen = await ticketTag(number);
  await acme.get(`/support/tickets/${number}/comments`);
  await acme.post(`/support/tickets/${number}/read`);
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'A note', internal: true });
  assert.notEqual(await ticketTag(number), seen, 'is_client_read has changed');
  const written = await acme.post(
    `/support/tickets/${number}/comments`,
    { body: 'sda' },
    { 'if-match': seen },
  );
  assert.equal(written.status, 200);
});

test('If-Match * requires only that the ticket exists', async () => {
  const number = await open();
  const anyVersion = { 'if-match': '*' };
  assert.equal(
    (await acme.patch(`/support/tickets/${number}`, { client_emails: [] }, anyVersion)).status,
    200,
  );
  assertProblem(
    await acme.patch('/support/tickets/1', { client_emails: [] }, anyVersion),
    404,
    'ticket_not_found',
  );
});

test('an If-Match that the server never issued is refused', async () => {
  const number = await open();
  const tag = await ticketTag(number);
  for (const given of [
    '',
    'x',
    '"x"',
    '1',
    tag.replaceAll('"', ''),
    '"99999999999999999999-x"',
    '"-1-x"',
    '"1e1-x"',
  ]) {
    const response = await storingNothing(instance, () =>
      acme.patch(`/support/tickets/${number}`, { client_emails: [] }, { 'if-match': given }),
    );
    assertProblem(response, 400, 'invalid_if_match', given);
  }
});

test('a current ETag of a ticket, a list, comments or topics gets a 304', async () => {
  const number = await open();
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' });
  const id = (await acme.get(`/support/tickets/${number}/comments`)).body.items[1].id;
  const urls = [
    `/support/tickets/${number}`,
    '/support/tickets',
    '/support/tickets?q=disk',
    `/support/tickets/${number}/comments`,
    `/support/comments/${id}`,
    '/support/topics',
    '/files/public/files/extensions',
  ];
  for (const url of urls) {
    const first = await acme.get(url);
    assert.equal(first.headers['cache-control'], 'private, no-cache', url);
    for (const known of [tagOf(first), `W/${tagOf(first)}`, `"old", ${tagOf(first)}`, '*']) {
      const { status, text, headers } = await acme.get(url, { 'if-none-match': known });
      assert.deepEqual([status, text, headers.etag], [304, '', first.headers.etag], `${url} ${known}`);
    }
    assert.equal((await acme.get(url, { 'if-none-match': '"old"' })).text, first.text, url);
  }
});

test('a change is sent again: a ticket and its list after a comment, comments after reading, topics after a rename', async () => {
  const number = await open();
  const quietly = { prefer: 'read-receipt=none' };
  const urls = [`/support/tickets/${number}`, '/support/tickets', `/support/tickets/${number}/comments`];
  const before = await Promise.all(urls.map((url) => acme.get(url)));
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done' });
  for (const [i, url] of urls.entries()) {
    assert.equal(
      (await acme.get(url, { ...quietly, 'if-none-match': tagOf(before[i] as Response) })).status,
      200,
      url,
    );
  }
  const unread = await acme.get(`/support/tickets/${number}/comments`, quietly);
  await acme.post(`/support/tickets/${number}/read`);
  const read = await acme.get(`/support/tickets/${number}/comments`, { 'if-none-match': tagOf(unread) });
  assert.equal(read.status, 200);

  const topics = tagOf(await acme.get('/support/topics'));
  await admin.patch('/staff/topics/servers', { name: { en: 'Machines', ru: 'Машины' } });
  assert.equal((await acme.get('/support/topics', { 'if-none-match': topics })).status, 200);
  const ticket = tagOf(await acme.get(`/support/tickets/${number}`));
  await admin.patch('/staff/statuses/await_client', { name: { en: 'Your turn', ru: 'Ваша очередь' } });
  assert.equal((await acme.get(`/support/tickets/${number}`, { 'if-none-match': ticket })).status, 200);
});

test('the ETag of another account gets a refusal, never a 304', async () => {
  const number = await open();
  const stranger = await instance.client('other');
  const response = await stranger.get(`/support/tickets/${number}`, {
    'if-none-match': await ticketTag(number),
  });
  assertProblem(response, 404, 'ticket_not_found');
  assertProblem(await stranger.get(`/support/tickets/${number}`, { 'if-none-match': '*' }), 404);
});

test('of two editors on two processes exactly one wins, in 200 races', async () => {
  const number = await open();
  for (let race = 0; race < 200; race++) {
    const seen = { 'if-match': await ticketTag(number) };
    const responses = await Promise.all([
      acme.patch(`/support/tickets/${number}`, { client_aliased_name: `Left ${race}` }, seen),
      acmeAtOtherProcess.patch(`/support/tickets/${number}`, { client_aliased_name: `Right ${race}` }, seen),
    ]);
    assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 412]);
    const winner = responses.find(({ status }) => status === 200);
    const { body } = await acme.get(`/support/tickets/${number}`);
    assert.equal(body.client_aliased_name, winner?.body.client_aliased_name);
  }
});

test('of ten who comment on the same version exactly one succeeds, and the others get the new comment', async () => {
  const number = await open();
  for (let race = 0; race < 10; race++) {
    const seen = { 'if-match': await ticketTag(number) };
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        (i % 2 ? acmeAtOtherProcess : acme).post(
          `/support/tickets/${number}/comments`,
          { body: `Me ${i}` },
          seen,
        ),
      ),
    );
    const [heard, ...more] = responses.filter(({ status }) => status === 200);
    assert.deepEqual(more, []);
    for (const response of responses) {
      if (response === heard) continue;
      assertProblem(response, 412, 'changed_meanwhile');
      assert.deepEqual(ids(response.body.comments), [heard?.body.id]);
    }
  }
});
