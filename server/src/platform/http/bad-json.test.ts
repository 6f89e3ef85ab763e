/** Malformed JSON bodies. Each is refused with a problem, and nothing is stored. */
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
const number: number = (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' }))
  .body.number;
const comments = `/support/tickets/${number}/comments`;

async function refused(bodies: Record<string, string | Buffer>, status: number, code: string) {
  await storingNothing(instance, async () => {
    for (const [what, body] of Object.entries(bodies)) {
      assertProblem(await acme.post(comments, body), status, code, what);
    }
  });
}

test('a body that is not JSON is refused', () =>
  refused(
    {
      'a word': 'hello',
      'a single quote': "{'body':'a'}",
      'a comma too many': '{"body":"a",}',
      'a comment': '{"body":"a"/* */}',
      'two values': '{"body":"a"}{"body":"b"}',
      'a string that does not end': '{"body":"a',
      'an object that does not end': '{"body":"a"',
      'a bracket too many': '{"body":"a"}]',
      'raw NUL': '{"body":"a\0"}',
      'a raw line end': '{"body":"a\n"}',
      'not a number': '{"body":NaN}',
      'white space': ' \r\n\t ',
      UTF16: Buffer.from('{"body":"a"}', 'utf16le'),
    },
    400,
    'malformed_json',
  ));

test('JSON of the wrong type is refused', () =>
  refused(
    {
      null: 'null',
      'an array': '[{"body":"a"}]',
      'a string': '"a"',
      'a number': '1e400',
      true: 'true',
      'a number for text': '{"body":1}',
      'null for text': '{"body":null}',
      'a list for text': '{"body":["a"]}',
      'an object for text': '{"body":{"a":1}}',
      'text for a list': '{"body":"a","files":"a"}',
    },
    400,
    'invalid_request',
  ));

test('numbers must be JSON integers in range', () =>
  storingNothing(instance, async () => {
    for (const score of [
      '"9"',
      '9.5',
      '0',
      '11',
      '-1',
      '1e2',
      '1e400',
      'true',
      'null',
      '[9]',
      '9007199254740993',
    ]) {
      assertProblem(
        await acme.post(`/support/tickets/${number}/close`, `{"score":${score}}`),
        400,
        'invalid_request',
        score,
      );
    }
    for (const id of ['0', '-1', '1.5', '"1"', '9223372036854775808', '1e400']) {
      const split = `{"summary":"Other","comment_ids":[${id}]}`;
      const response = await agent.post(`/staff/tickets/${number}/split`, split);
      assert.ok(response.status === 400, `${id}: ${response.text}`);
      assertProblem(response, 400);
    }
  }));

test('32 levels of nesting are accepted, 33 are refused', async () => {
  const nested = (levels: number) => `{"body":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  await refused({ '33 levels': nested(33), objects: '{"a":'.repeat(40) }, 400, 'malformed_json');
  await refused({ '32 levels': nested(32) }, 400, 'invalid_request');
});

test('a megabyte of brackets is refused at once', async () => {
  for (const text of ['['.repeat(1_048_576), '{"a":'.repeat(200_000), '['.repeat(1_000_000)]) {
    const start = performance.now();
    assertProblem(await acme.post(comments, text), 400, 'malformed_json', 'brackets');
    assert.ok(performance.now() - start < 500, 'the server may not stall');
  }
});

test('a body of 1 MiB is accepted and a larger one refused, with or without Content-Length', async () => {
  const fill = (bytes: number) => `{"body":"a"${' '.repeat(bytes - 12)}}`;
  await refused({ 'a byte more': fill(1_048_577), '2 MB of [': '['.repeat(2_000_000) }, 413, 'too_large');
  assert.equal((await acme.post(comments, fill(1_048_576))).status, 200);
});

test('a duplicate name is refused, also when spelled with escapes', () =>
  refused(
    {
      plainly: '{"body":"a","body":"b"}',
      'with an escape': '{"body":"a","b\\u006fdy":"b"}',
      'both with escapes': '{"\\u0062ody":"a","bod\\u0079":"b"}',
      'further in': '{"body":"a","files":[{"a":1,"a":2}]}',
      'with white space': '{"body":"a","body" \n:"b"}',
    },
    400,
    'malformed_json',
  ));

test('the same name in different objects, or inside a string, is no duplicate', async () => {
  const { status } = await acme.post(comments, { body: '{"body":"a","body":"b"}' });
  assert.equal(status, 200);
  const named = await admin.post('/staff/topics', { key: 'en', name: { en: 'en:"ru"', ru: 'key' } });
  assert.equal(named.status, 200);
});

test('__proto__ is refused and pollutes nothing', async () => {
  await refused(
    {
      plainly: '{"body":"a","__proto__":{"is_admin":true}}',
      'with an escape': '{"body":"a","__pr\\u006fto__":{"is_admin":true}}',
      'further in': '{"body":"a","files":[{"__proto__":{"is_admin":true}}]}',
    },
    400,
    'malformed_json',
  );
  await refused(
    {
      constructor: '{"body":"a","constructor":{"prototype":{"is_admin":true}}}',
      toString: '{"body":"a","toString":1}',
    },
    400,
    'invalid_request',
  );
  assert.equal('is_admin' in {}, false);
});

test('names of built-in properties are not topics, tickets or files', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const response = await acme.post('/support/tickets', {
      summary: 'a',
      comment_body: 'a',
      topic_key: name,
    });
    assertProblem(response, 400, 'unknown_topic');
    assertProblem(await acme.get(`/support/tickets/${name}`), 404, 'ticket_not_found');
    assertProblem(await acme.get(`/files/public/files/${name}`), 404, 'file_not_found');
    assertProblem(await acme.get(`/${name}`), 404, 'page_not_found');
    assert.equal((await acme.get(`/support/topics?${name}=1`)).status, 200);
  }
});

type Fields = Record<string, unknown>;

test('no response field can be set by sending it back', async () => {
  const { body: ticket } = await acme.get(`/support/tickets/${number}`);
  const { body: list } = await acme.get(comments);
  const { body: staffTicket } = await agent.get(`/staff/tickets/${number}`);
  const { body: account } = await admin.get(`/staff/accounts/${acme.accountId}`);
  const { body: tokens } = await admin.get(`/staff/accounts/${acme.accountId}/tokens`);
  const access = ['access_level', 'keystone_projects'];
  const inTicket = { ...ticket, ...staffTicket, version: 1, has_reply: true };
  const inComment = { ...list.items[0], is_internal: true, account_id: 2, ticket_number: 1, staff_id: 1 };

  await storingNothing(instance, async () => {
    await refuseEach(
      inTicket,
      { summary: 'a', comment_body: 'a' },
      ['client_aliased_name', 'client_emails', 'topic_key', ...access, 'notice_id'],
      (body) => acme.post('/support/tickets', body),
    );
    await refuseEach(inTicket, { client_emails: [] }, ['client_aliased_name', ...access], (body) =>
      acme.patch(`/support/tickets/${number}`, body),
    );
    await refuseEach(inTicket, { client_emails: [] }, ['client_aliased_name', ...access], (body) =>
      acme.put(`/support/tickets/${number}`, body),
    );
    await refuseEach(inTicket, {}, [], (body) => acme.post(`/support/tickets/${number}/close`, body));
    await refuseEach(
      inTicket,
      { type: 'a' },
      ['summary', 'topic_key', 'priority', 'tags', 'assignee_id', 'client_emails', 'external_id', ...access],
      (body) => agent.patch(`/staff/tickets/${number}`, body),
    );
    await refuseEach(inComment, { body: 'a' }, ['files'], (body) => acme.post(comments, body));
    await refuseEach(inComment, { body: 'a' }, ['files'], (body) =>
      agent.post(`/staff/tickets/${number}/comments`, body),
    );
    await refuseEach(account, { name: 'a' }, ['email', 'locale', 'note'], (body) =>
      admin.put('/staff/accounts/by-external-id/new', body),
    );
    await refuseEach(
      { ...tokens.items[0], token: 'pdk_a', token_hash: 'a' },
      { name: 'a' },
      ['marks_read', 'expires_at', 'scopes', 'allowed_addresses'],
      (body) => admin.post(`/staff/accounts/${acme.accountId}/tokens`, body),
    );
  });
});

/** Sends `legal` with each of `fields` except the allowed ones, and expects a 400 that points at the field. */
async function refuseEach(
  fields: Fields,
  legal: Fields,
  sendable: string[],
  send: (body: Fields) => Promise<Response>,
) {
  const names = Object.keys(fields).filter((name) => !(name in legal) && !sendable.includes(name));
  assert.ok(names.length > 3, 'there are fields to try');
  for (const name of names) {
    const response = await send({ ...legal, [name]: fields[name] });
    assertProblem(response, 400, 'invalid_request', name);
    const pointers = response.body.errors.map((error: { pointer: string }) => error.pointer);
    assert.ok(pointers.includes(`/${name}`), `${name}: ${response.text}`);
  }
}

test('a missing body is an empty object, which is refused where fields are required', async () => {
  assertProblem(await acme.post('/support/tickets'), 400, 'invalid_request');
  assertProblem(await acme.post(comments, ''), 400, 'invalid_request');
  assert.equal((await acme.patch(`/support/tickets/${number}`)).status, 200); // no field is required: nothing changes
});

test('a refusal names every invalid field', async () => {
  const { body } = await acme.post('/support/tickets', { summary: 1, topic: 'a', client_emails: ['a@b'] });
  const pointers = new Set(body.errors.map((error: { pointer: string }) => error.pointer));
  assert.deepEqual([...pointers].sort(), ['/client_emails/0', '/comment_body', '/summary', '/topic']);
});

test('an e-mail address that a mail program would interpret differently is refused', () =>
  storingNothing(instance, async () => {
    const addresses = [
      '',
      'a',
      '@b.example',
      'a@',
      'a@b',
      'a b@c.example',
      'a@b.example,c@d.example',
      'a@b.example\r\nBcc: c@d.example',
      '<a@b.example>',
      'A <a@b.example>',
      'a@b.example;',
      '"a"@b.example',
      'a@[10.0.0.1]',
      'a@-b.example',
      'a@b..example',
      `${'a'.repeat(65)}@b.example`,
      `a@${'b.'.repeat(126)}example`,
      'a\u200b@b.example',
      'a@b.example ',
      1,
      null,
    ];
    for (const address of addresses) {
      const response = await acme.patch(`/support/tickets/${number}`, { client_emails: [address] });
      assertProblem(response, 400, 'invalid_request', String(address));
    }
    const eleven = Array.from({ length: 11 }, (_, i) => `a${i}@b.example`);
    assertProblem(
      await acme.patch(`/support/tickets/${number}`, { client_emails: eleven }),
      400,
      'invalid_request',
    );
  }));
