/** Numbers, flags and ids in queries and paths have one spelling each, and never reach somebody else's ticket. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');
const { number } = (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body;
const [comment] = (await acme.get(`/support/tickets/${number}/comments`)).body.items;

function assertPointsAt(response: Response, parameter: string) {
  assertProblem(response, 400, 'invalid_request', `${parameter}: ${response.text}`);
  const pointers = response.body.errors.map((error: { pointer: string }) => error.pointer);
  assert.ok(pointers.includes(parameter), response.text);
}

const notNumbers = [
  '',
  '01',
  '%2B1',
  '+1',
  '1+',
  '%201',
  '1.0',
  '1.',
  '0x1',
  '1e3',
  '1_0',
  '١',
  '１',
  'NaN',
  'true',
  '1%0a',
];
const outOfRange = [
  '0',
  '-1',
  '-0',
  '2147483648',
  '1000000000000',
  '9007199254740993',
  '9223372036854775808',
  '1e400',
];

test('a page is an integer from 1 to 2^31-1 with a single spelling', async () => {
  for (const page of [...notNumbers, ...outOfRange]) {
    assertPointsAt(await acme.get(`/support/tickets?page=${page}`), 'page');
  }
  assertPointsAt(await acme.get('/support/tickets?page=1&page=2'), 'page');
});

test('items_per_page is an integer from 1 to 1000', async () => {
  for (const size of [...notNumbers, ...outOfRange, '1001']) {
    assertPointsAt(await acme.get(`/support/tickets?items_per_page=${size}`), 'items_per_page');
  }
  assert.equal((await acme.get('/support/tickets?items_per_page=1000')).body.items_per_page, 1000);
});

test('the last page number is accepted: the page is empty and has the total count', async () => {
  const { status, body } = await acme.get('/support/tickets?page=2147483647&items_per_page=1000');
  assert.equal(status, 200);
  const counts = { item_count: 1, items_per_page: 1000, page: 2147483647, page_count: 1 };
  assert.deepEqual(body, { items: [], after: null, ...counts });
});

test('a flag is true, false, 1 or 0 in any case, and nothing else', async () => {
  for (const yes of ['true', 'True', 'TRUE', '1']) {
    assert.equal((await acme.get(`/support/tickets?only_opened=${yes}`)).body.item_count, 1, yes);
    assert.equal((await acme.get(`/support/tickets?only_closed=${yes}`)).body.item_count, 0, yes);
  }
  for (const no of ['false', 'False', '0']) {
    assert.equal((await acme.get(`/support/tickets?only_closed=${no}`)).body.item_count, 1, no);
  }
  for (const flag of ['', 'yes', 'on', '2', '-1', '01', 'null', '%20true', 'tru%65e']) {
    assertPointsAt(await acme.get(`/support/tickets?only_opened=${flag}`), 'only_opened');
  }
});

test('the two flags exclude each other', async () => {
  const response = await acme.get('/support/tickets?only_opened=True&only_closed=1');
  assertPointsAt(response, 'only_opened');
  assertPointsAt(response, 'only_closed');
  assert.equal((await acme.get('/support/tickets?only_opened=true&only_closed=false')).status, 200);
});

test('a search has 1 to 1000 characters', async () => {
  assertPointsAt(await acme.get('/support/tickets?q='), 'q');
  assertPointsAt(await acme.get('/support/tickets?q'), 'q');
  assertPointsAt(await acme.get(`/support/tickets?q=${'a'.repeat(1001)}`), 'q');
  assertPointsAt(await acme.get('/support/tickets?q=a&q=b'), 'q');
  assert.equal(
    (await acme.get(`/support/tickets?q=${encodeURIComponent('\u{1f600}'.repeat(1000))}`)).status,
    200,
  );
});

/** Spellings that a lenient parser would turn into this number. */
const misspelled = (id: number) =>
  [
    '0',
    '-1',
    `-${id}`,
    `0${id}`,
    `+${id}`,
    `%2B${id}`,
    `${id}.0`,
    `${id}.`,
    `${id}e0`,
    `0x${id.toString(16)}`,
    `%20${id}`,
    `${id}%20`,
    `${id}%00`,
    `${id}%0a`,
    `${id};`,
    `${id},`,
    `${id}'`,
    `${id}%2f`,
    `..%2f${id}`,
    [...String(id)].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join(''),
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '18446744073709551617',
    '1e400',
    `1${'0'.repeat(400)}`,
    'NaN',
    'null',
    'undefined',
    `${id}x`,
  ].map((text) => encodeURI(text).replaceAll('%25', '%'));

type Ask = (id: string) => Promise<Response>;

async function findsNothing(ids: string[], code: string, operations: Ask[]) {
  await storingNothing(instance, async () => {
    for (const id of ids) {
      for (const ask of operations) assertProblem(await ask(id), 404, code, `${id} in ${ask}`);
    }
  });
}

test('a misspelled or impossible ticket number is a 404 in every operation', () =>
  findsNothing(misspelled(number), 'ticket_not_found', [
    (id) => acme.get(`/support/tickets/${id}`),
    (id) => acme.patch(`/support/tickets/${id}`, { client_emails: [] }),
    (id) => acme.put(`/support/tickets/${id}`, { client_emails: [] }),
    (id) => acme.post(`/support/tickets/${id}/close`, {}),
    (id) => acme.post(`/support/tickets/${id}/reopen`, { body: 'a' }),
    (id) => acme.post(`/support/tickets/${id}/vote`, { score: 1 }),
    (id) => acme.post(`/support/tickets/${id}/read`),
    (id) => acme.get(`/support/tickets/${id}/comments`),
    (id) => acme.post(`/support/tickets/${id}/comments`, { body: 'a' }),
    (id) => agent.get(`/staff/tickets/${id}`),
    (id) => agent.patch(`/staff/tickets/${id}`, { type: 'a' }),
    (id) => agent.post(`/staff/tickets/${id}/comments`, { body: 'a' }),
    (id) => agent.post(`/staff/tickets/${id}/resolve`),
    (id) => agent.post(`/staff/tickets/${id}/close`, {}),
    (id) => agent.post(`/staff/tickets/${id}/split`, { comment_ids: [comment.id], summary: 'a' }),
  ]));

test('a misspelled or impossible comment id is a 404 in every operation', () =>
  findsNothing(misspelled(comment.id), 'comment_not_found', [
    (id) => acme.get(`/support/comments/${id}`),
    (id) => acme.post(`/support/comments/${id}/vote`, { score: 1 }),
  ]));

test('a misspelled or impossible account or token id is a 404', async () => {
  await findsNothing(misspelled(acme.accountId), 'account_not_found', [
    (id) => admin.get(`/staff/accounts/${id}`),
    (id) => admin.get(`/staff/accounts/${id}/tokens`),
    (id) => admin.post(`/staff/accounts/${id}/tokens`, { name: 'a' }),
  ]);
  await findsNothing(misspelled(acme.tokenId), 'token_not_found', [
    (id) => admin.patch(`/staff/tokens/${id}`, { name: 'a' }),
    (id) => admin.delete(`/staff/tokens/${id}`),
  ]);
});

test('a number beyond 2^53 never returns the ticket that it would round to', async () => {
  await instance.query(
    `insert into tickets (account_id, number, summary, is_client_author, waiting_since)
     values ($1, 9007199254740991, 'Last', true, now())`,
    [acme.accountId],
  );
  assert.equal((await acme.get('/support/tickets/9007199254740991')).body.summary, 'Last');
  for (const beyond of ['9007199254740992', '9007199254740993', '9007199254740991.4', '09007199254740991']) {
    assertProblem(await acme.get(`/support/tickets/${beyond}`), 404, 'ticket_not_found', beyond);
  }
});

test('a file is found by the canonical spelling of its UUID, in upper or lower case', async () => {
  const { uuid } = (await acme.upload('a.txt', 'a')).body;
  assert.equal((await acme.get(`/files/public/files/${uuid.toUpperCase()}`)).status, 200);
  const spellings = [
    `%7b${uuid}%7d`,
    uuid.replaceAll('-', ''),
    ` ${uuid}`,
    `${uuid}%20`,
    `${uuid}0`,
    `urn:uuid:${uuid}`,
    `${uuid}%00`,
    '1',
    '00000000-0000-0000-0000-000000000000',
    'g0000000-0000-0000-0000-000000000000',
    'x'.repeat(400),
  ].map((text) => text.replaceAll(' ', '%20'));
  await findsNothing(spellings, 'file_not_found', [
    (id) => acme.get(`/files/public/files/${id}`),
    (id) => acme.get(`/files/public/files/${id}/content`),
    (id) => agent.get(`/staff/files/${id}/content`),
  ]);
});

test('staff lists refuse an invalid cursor', async () => {
  for (const after of ['-1', '01', '1.0', 'x', '9007199254740992', '']) {
    assertPointsAt(await agent.get(`/staff/accounts?after=${after}`), 'after');
  }
  for (const limit of ['0', '501', '01', 'x'])
    assertPointsAt(await agent.get(`/staff/accounts?limit=${limit}`), 'limit');
  for (const after of [
    'x',
    '1',
    '1.2',
    '1.2.3.4',
    '-1.1.1',
    '99999999999.1.1',
    '1.18446744073709551616.1',
    '1.1.9223372036854775808',
    '1.99999999999999999999999.1',
    "1.1.1'",
  ]) {
    assertProblem(await agent.get(`/staff/events?after=${encodeURIComponent(after)}`), 400, undefined, after);
  }
});

test('operations of the given document ignore unknown parameters', async () => {
  assert.equal((await acme.get('/support/tickets?per_page=5&utm_source=a')).body.items_per_page, 10);
});

test('a query with thousands of repeated parameters is parsed quickly', async () => {
  const start = performance.now();
  assertPointsAt(await acme.get(`/support/tickets?${'page&'.repeat(3000)}`), 'page');
  assert.equal((await acme.get(`/support/topics?${'a&'.repeat(8000)}`)).status, 200);
  assert.ok(performance.now() - start < 500, 'the server may not stall');
});
