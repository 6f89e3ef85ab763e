/** Invalid text in every field that takes text, and the longest text that is valid. */
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
const number = (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body
  .number;
const replyId = (
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Done', status_key: 'resolved' })
).body.id;
const closed = (await acme.post('/support/tickets', { summary: 'Old', comment_body: 'Help' })).body.number;
await acme.post(`/support/tickets/${closed}/close`);

type Send = (text: string) => Promise<Response>;
const ticket = { summary: 'Disk full', comment_body: 'Help' };
const name = { en: 'Servers', ru: 'Серверы' };

/** Every free text field: its JSON pointer and its maximum length in code points. */
const textFields: Array<[what: string, pointer: string, max: number, send: Send]> = [
  ['summary', '/summary', 255, (text) => acme.post('/support/tickets', { ...ticket, summary: text })],
  [
    'first comment',
    '/comment_body',
    50_000,
    (text) => acme.post('/support/tickets', { ...ticket, comment_body: text }),
  ],
  [
    'alias',
    '/client_aliased_name',
    255,
    (text) => acme.post('/support/tickets', { ...ticket, client_aliased_name: text }),
  ],
  [
    'changed alias',
    '/client_aliased_name',
    255,
    (text) => acme.patch(`/support/tickets/${number}`, { client_aliased_name: text }),
  ],
  ['comment', '/body', 50_000, (text) => acme.post(`/support/tickets/${number}/comments`, { body: text })],
  [
    'reopening comment',
    '/body',
    50_000,
    (text) => acme.post(`/support/tickets/${closed}/reopen`, { body: text }),
  ],
  [
    'word on closing',
    '/comment',
    50_000,
    (text) => acme.post(`/support/tickets/${number}/close`, { comment: text }),
  ],
  [
    'word with a vote',
    '/comment',
    50_000,
    (text) => acme.post(`/support/tickets/${number}/vote`, { score: 9, comment: text }),
  ],
  [
    'word with a vote on a comment',
    '/comment',
    50_000,
    (text) => acme.post(`/support/comments/${replyId}/vote`, { score: 1, comment: text }),
  ],
  ['response', '/body', 50_000, (text) => agent.post(`/staff/tickets/${number}/comments`, { body: text })],
  [
    'note',
    '/body',
    50_000,
    (text) => agent.post(`/staff/tickets/${number}/comments`, { body: text, internal: true }),
  ],
  [
    'reason for closing',
    '/reason',
    1000,
    (text) => agent.post(`/staff/tickets/${number}/close`, { reason: text }),
  ],
  [
    'summary changed by staff',
    '/summary',
    255,
    (text) => agent.patch(`/staff/tickets/${number}`, { summary: text }),
  ],
  ['type', '/type', 100, (text) => agent.patch(`/staff/tickets/${number}`, { type: text })],
  [
    'summary of a split',
    '/summary',
    255,
    (text) => agent.post(`/staff/tickets/${number}/split`, { comment_ids: [replyId], summary: text }),
  ],
  [
    'name of a topic',
    '/name/ru',
    100,
    (text) => admin.post('/staff/topics', { key: 'new', name: { ...name, ru: text } }),
  ],
  [
    'name of a state',
    '/name/en',
    100,
    (text) => admin.patch('/staff/statuses/new', { name: { ...name, en: text } }),
  ],
  [
    'name of an account',
    '/name',
    255,
    (text) => admin.put('/staff/accounts/by-external-id/new', { name: text }),
  ],
  [
    'note on an account',
    '/note',
    10_000,
    (text) => admin.put('/staff/accounts/by-external-id/new', { name: 'New', note: text }),
  ],
  [
    'name of a token',
    '/name',
    100,
    (text) => admin.post(`/staff/accounts/${acme.accountId}/tokens`, { name: text }),
  ],
];

async function refuseEverywhere(text: (max: number) => string) {
  await storingNothing(instance, async () => {
    for (const [what, pointer, max, send] of textFields) {
      const response = await send(text(max));
      assertProblem(response, 400, 'invalid_request', what);
      assert.ok(
        response.body.errors.some((error: { pointer: string }) => error.pointer === pointer),
        `${what} names ${pointer}: ${response.text}`,
      );
    }
  });
}

test('NUL is refused in every field, and the response points at it', () => refuseEverywhere(() => 'a\0b'));

test('half a surrogate pair is refused in every field and never replaced', async () => {
  await refuseEverywhere(() => 'a\ud800b');
  await refuseEverywhere(() => '\udc00');
});

const blanks = {
  'spaces, tabs and line ends': ' \t\r\n',
  'no-break and typographic spaces': '\u00a0\u2003\u202f\u3000',
  'zero-width characters': '\u200b\u200c\u200d\ufeff\u2060',
  'marks of direction': '\u200e\u200f\u202e\u2066\u2069',
  'soft hyphens and combining joiners': '\u00ad\u034f',
  'fillers and blank patterns': '\u3164\u115f\u1160\uffa0\u2800',
  'variation selectors and tags': '\ufe0f\u{e0100}\u{e0041}',
  'control characters': '\u0001\u007f\u0085',
};
for (const [what, blank] of Object.entries(blanks)) {
  test(`text that consists of ${what} only is refused in every field`, () => refuseEverywhere(() => blank));
}

test('empty text is refused in every field', () => refuseEverywhere(() => ''));

test('text that is one code point too long is refused in every field', () =>
  refuseEverywhere((max) => '\u{1f600}'.repeat(max + 1)));

test('lengths count code points: the longest text is returned as it was sent', async () => {
  const summary = '\u{1f600}'.repeat(255);
  const body = `${'e\u0301'.repeat(24_999)}\u{10ffff}\u2028`; // 50,000 code points
  const { status, body: opened } = await acme.post('/support/tickets', { summary, comment_body: body });
  assert.equal(status, 200);
  assert.equal(opened.summary, summary);
  const { items } = (await acme.get(`/support/tickets/${opened.number}/comments`)).body;
  assert.equal(items[0].body, body);
  const [row] = await instance.query('select body from comments where id = $1', [items[0].id]);
  assert.equal(row?.body, body);
});

test('the largest legal comment, written entirely in escapes, fits into a body', async () => {
  const escaped = `{"body":"${'\\uD83D\\uDE00'.repeat(50_000)}"}`;
  const { status, body } = await acme.post(`/support/tickets/${number}/comments`, escaped);
  assert.equal(status, 200);
  assert.equal(body.body, '\u{1f600}'.repeat(50_000));
});

test('text is stored exactly: surrounding spaces, controls and mixed scripts are not touched', async () => {
  const body = ' \t<b>Привет</b>\r\n\u202eעברית \u0007 \u{1f468}\u200d\u{1f4bb} \ufeff';
  const { body: comment } = await acme.post(`/support/tickets/${number}/comments`, { body });
  assert.equal(comment.body, body);
  assert.equal((await acme.get(`/support/comments/${comment.id}`)).body.body, body);
});

test('a body that is not UTF-8 is refused: no byte is replaced', () =>
  storingNothing(instance, async () => {
    const broken = {
      'a stray byte': [0xff],
      'an overlong form': [0xc0, 0x80],
      'half a character': [0xd0],
      'an encoded surrogate': [0xed, 0xa0, 0x80],
    };
    for (const [what, bytes] of Object.entries(broken)) {
      const body = Buffer.concat([Buffer.from('{"body":"a'), Buffer.from(bytes), Buffer.from('b"}')]);
      assertProblem(
        await acme.post(`/support/tickets/${number}/comments`, body),
        400,
        'malformed_json',
        what,
      );
    }
  }));

test('a query that is not UTF-8, or contains NUL, is refused', async () => {
  for (const encoded of ['%ff', '%c0%80', '%d0', '%ed%a0%80', '%00', 'a%00b', '%', '%zz', '%e0%a4%a']) {
    assertProblem(await acme.get(`/support/tickets?q=${encoded}`), 400, 'invalid_request', encoded);
    assertProblem(await acme.get(`/support/tickets?${encoded}=1`), 400, 'invalid_request', encoded);
  }
});

test('a path that is not UTF-8 is malformed, and one with NUL is a 404', () =>
  storingNothing(instance, async () => {
    for (const encoded of ['%ff', '%c0%80', '%e0%a4%a', '%', '%zz', '%ed%a0%80']) {
      assertProblem(await acme.get(`/support/tickets/${encoded}`), 400, 'malformed_request', encoded);
      assertProblem(await acme.get(`/support/${encoded}`), 400, 'malformed_request', encoded);
    }
    assertProblem(await acme.get('/support/tickets/%00'), 404, 'ticket_not_found');
    assertProblem(await acme.get('/files/public/files/%00'), 404, 'file_not_found');
    assertProblem(await admin.patch('/staff/topics/a%00', { name }), 404, 'topic_not_found');
    assertProblem(await admin.patch('/staff/statuses/a%00', { name }), 404, 'status_not_found');
    const account = await admin.put('/staff/accounts/by-external-id/a%00', { name: 'New' });
    assert.ok(account.status === 400 || account.status === 404, account.text);
  }));
