/** Bodies with a wrong content type. Each is refused with a problem, and nothing is stored. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { multipart } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const number: number = (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' }))
  .body.number;
const comments = `/support/tickets/${number}/comments`;

test('a body that is not declared as JSON in UTF-8 is refused', () =>
  storingNothing(instance, async () => {
    const types = [
      'text/plain',
      'text/json',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'multipart/form-data; boundary=a',
      'application/json; charset=latin1',
      'application/json; charset=utf-16',
      'application/json;charset="iso-8859-1"',
      'nonsense',
      '/',
      'application/',
    ];
    for (const type of types) {
      const response = await acme.post(comments, '{"body":"a"}', { 'content-type': type });
      assertProblem(response, 415, 'unsupported_media_type', type);
    }
    const untyped = await acme.send({ method: 'POST', url: comments, payload: Buffer.from('{"body":"a"}') });
    assertProblem(untyped, 415, 'unsupported_media_type', 'no content type');
  }));

test('a form sent to a JSON operation is refused, and is not read as an empty body', () =>
  storingNothing(instance, async () => {
    const form = multipart('a.txt', 'a');
    const response = await acme.post(`/support/tickets/${number}/close`, form.body, {
      'content-type': form.type,
    });
    assertProblem(response, 415, 'unsupported_media_type');
  }));

test('the usual spellings of JSON in UTF-8 are accepted', async () => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON; Charset="UTF-8"',
  ]) {
    assert.equal((await acme.post(comments, '{"body":"a"}', { 'content-type': type })).status, 200, type);
  }
});

test('a compressed body is refused', () =>
  storingNothing(instance, async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity']) {
      const response = await acme.post(comments, '{"body":"a"}', { 'content-encoding': encoding });
      assertProblem(response, 415, 'unsupported_encoding', encoding);
    }
  }));
