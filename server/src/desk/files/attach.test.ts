/** Uploads attached to tickets, comments and replies: each works for its own side, once, for a day. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const other = await instance.client('other');
const agent = await instance.staff('agent');

const upload = async (caller: Caller): Promise<string> =>
  (await caller.upload('log.txt', 'a line')).body.uuid;
const open = async (caller: Caller): Promise<number> =>
  (await caller.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body.number;
const number = await open(acme);
const closed = await open(acme);
await acme.post(`/support/tickets/${closed}/close`);

type Attach = (files: unknown) => Promise<Response>;

const byClient: Record<string, Attach> = {
  'a new ticket': (files) => acme.post('/support/tickets', { summary: 'a', comment_body: 'a', files }),
  'a comment': (files) => acme.post(`/support/tickets/${number}/comments`, { body: 'a', files }),
  'a reopening': (files) => acme.post(`/support/tickets/${closed}/reopen`, { body: 'a', files }),
};
const byStaff: Record<string, Attach> = {
  'a response': (files) => agent.post(`/staff/tickets/${number}/comments`, { body: 'a', files }),
  'a note': (files) => agent.post(`/staff/tickets/${number}/comments`, { body: 'a', files, internal: true }),
  'a ticket for an account': (files) =>
    agent.post('/staff/tickets', { account_id: acme.accountId, summary: 'a', comment_body: 'a', files }),
};

async function used(caller: Caller) {
  const uuid = await upload(caller);
  const url = caller.accountId
    ? `/support/tickets/${await open(caller)}/comments`
    : `/staff/tickets/${number}/comments`;
  assert.equal((await caller.post(url, { body: 'a', files: [uuid] })).status, 200);
  return uuid;
}

async function expired(caller: Caller) {
  const uuid = await upload(caller);
  await instance.query("update files set created_at = now() - interval '24 hours 1 second' where uuid = $1", [
    uuid,
  ]);
  return uuid;
}

/** Uploads that cannot be used, each for a different reason. */
async function unusable(own: Caller, otherSide: Caller) {
  return {
    unknown: randomUUID(),
    used: await used(own),
    'used by another account': await used(other),
    expired: await expired(own),
    'of another account': await upload(other),
    'of the other side': await upload(otherSide),
  };
}

for (const [side, own, otherSide, attachments] of [
  ['client', acme, agent, byClient],
  ['staff', agent, acme, byStaff],
] as const) {
  for (const [what, attach] of Object.entries(attachments)) {
    test(`${what} by ${side} refuses unusable uploads, all with the same response, which names the index`, async () => {
      const good = await upload(own);
      const bad = await unusable(own, otherSide);
      const responses = await storingNothing(instance, () =>
        Promise.all(Object.values(bad).map((uuid) => attach([good, uuid]))),
      );
      for (const [i, response] of responses.entries()) {
        assertProblem(response, 400, 'unknown_file', Object.keys(bad)[i]);
        assert.deepEqual(
          response.body.errors.map((error: { pointer: string }) => error.pointer),
          ['/files/1'],
        );
        assert.deepEqual({ ...response.body, request_id: '' }, { ...responses[0]?.body, request_id: '' });
      }
      assert.equal((await attach([good])).status, 200, 'the good one was not used up by the refusals');
      if (what === 'a reopening') await acme.post(`/support/tickets/${closed}/close`);
    });
  }
}

test('an upload named twice is refused at its second index, in upper or lower case', async () => {
  const uuid = await upload(acme);
  for (const files of [
    [uuid, uuid],
    [uuid, uuid.toUpperCase()],
  ]) {
    const response = await storingNothing(instance, () =>
      acme.post(`/support/tickets/${number}/comments`, { body: 'a', files }),
    );
    assertProblem(response, 400, 'unknown_file');
    assert.deepEqual(
      response.body.errors.map((error: { pointer: string }) => error.pointer),
      ['/files/1'],
    );
  }
});

test('eleven files are refused and none is used; ten are attached in order', async () => {
  const uuids = await Promise.all(Array.from({ length: 11 }, () => upload(acme)));
  for (const attach of Object.values(byClient)) {
    const response = await storingNothing(instance, () => attach(uuids));
    assertProblem(response, 400, 'invalid_request');
    assert.equal(response.body.errors[0].pointer, '/files');
  }
  const ten = uuids.slice(1).reverse();
  const { body } = await acme.post(`/support/tickets/${number}/comments`, { body: 'a', files: ten });
  const names = (files: Array<{ uuid: string }>) => files.map(({ uuid }) => uuid);
  assert.deepEqual(names(body.files), ten);
  assert.deepEqual(names((await acme.get(`/support/comments/${body.id}`)).body.files), ten);
  const stored = await instance.query<{ uuid: string }>(
    'select uuid from files where comment_id = $1 order by position',
    [body.id],
  );
  assert.deepEqual(names(stored), ten);
});

test('an invalid list of files is refused', () =>
  storingNothing(instance, async () => {
    for (const files of [
      [],
      'a',
      {},
      null,
      [''],
      [1],
      [null],
      ['a'],
      [[]],
      [`{${randomUUID()}}`],
      [randomUUID().replaceAll('-', '')],
    ]) {
      for (const attach of Object.values(byClient)) {
        assertProblem(await attach(files), 400, 'invalid_request', JSON.stringify(files));
      }
    }
  }));

test('an upload that 20 comments name at once goes to one of them', async () => {
  const uuid = await upload(acme);
  const numbers = await Promise.all(Array.from({ length: 20 }, () => open(acme)));
  const responses = await Promise.all(
    numbers.map((one) => acme.post(`/support/tickets/${one}/comments`, { body: 'Mine', files: [uuid] })),
  );
  const [taken, ...more] = responses.filter(({ status }) => status === 200);
  assert.deepEqual(more, []);
  for (const response of responses) if (response !== taken) assertProblem(response, 400, 'unknown_file');
  const stored = await instance.query('select comment_id from files where uuid = $1', [uuid]);
  assert.deepEqual(stored, [{ comment_id: taken?.body.id }]);
  const comments = await instance.query("select from comments where body = 'Mine'");
  assert.equal(comments.length, 1, 'a refused comment is not stored');
});

test('an upload just under 24 hours old can be used', async () => {
  const uuid = await upload(acme);
  await instance.query(
    "update files set created_at = now() - interval '23 hours 59 minutes' where uuid = $1",
    [uuid],
  );
  const { status, body } = await acme.post(`/support/tickets/${number}/comments`, {
    body: 'a',
    files: [uuid],
  });
  assert.equal(status, 200);
  assert.equal(body.files[0].uuid, uuid);
});
