/** Downloads: whole, in ranges, from the cache, and never executed by a browser. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ticketWith } from '#test/files.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

const content = Array.from({ length: 1000 }, (_, i) => `line ${i}`).join('\n');
const size = content.length;
const { uuid } = (await acme.upload('отчёт 100%.txt', content)).body;
const url = `/files/public/files/${uuid}/content`;
const range = (value: string, more = {}) => acme.get(url, { range: value, ...more });

test('a download has the original bytes and headers that keep a browser from running them', async () => {
  const { status, text, headers } = await acme.get(url);
  assert.equal(status, 200);
  assert.equal(text, content);
  assert.equal(headers['content-length'], String(size));
  assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
  assert.equal(
    headers['content-disposition'],
    `attachment; filename="????? 100%.txt"; filename*=UTF-8''${encodeURIComponent('отчёт 100%.txt')}`,
  );
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'");
  assert.equal(headers['cross-origin-resource-policy'], 'same-site');
  assert.equal(headers['accept-ranges'], 'bytes');
  assert.match(String(headers['cache-control']), /private/);
});

test('a single range gets a 206 with that part', async () => {
  for (const [asked, start, end] of [
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=500-599', 500, 599],
    ['bytes=500-', 500, size - 1],
    ['bytes=-100', size - 100, size - 1],
    [`bytes=-${size}`, 0, size - 1],
    [`bytes=-${size + 5}`, 0, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
    [`bytes=${size - 1}-999999999999`, size - 1, size - 1],
    [`bytes=0-${size - 1}`, 0, size - 1],
  ] as const) {
    const { status, text, headers } = await range(asked);
    assert.equal(status, 206, asked);
    assert.equal(text, content.slice(start, end + 1), asked);
    assert.equal(headers['content-range'], `bytes ${start}-${end}/${size}`);
    assert.equal(headers['content-length'], String(end - start + 1));
  }
});

test('a range outside the file gets a 416 with the length of the file', async () => {
  for (const asked of [
    `bytes=${size}-`,
    `bytes=${size}-${size + 1}`,
    'bytes=999999999999-',
    'bytes=-0',
    `bytes=${'9'.repeat(400)}-`,
  ]) {
    const response = await range(asked);
    assertProblem(response, 416, 'range_not_satisfiable', asked);
    assert.equal(response.headers['content-range'], `bytes */${size}`);
    assert.equal(response.headers['content-disposition'], undefined);
    assert.equal(response.headers.etag, undefined);
  }
});

test('several ranges, other units and malformed ranges get the whole file', async () => {
  for (const asked of [
    'bytes=0-1,5-9',
    'bytes=9-5',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=0x1-2',
    'bytes=1.5-2',
    'bytes=-1-2',
    'lines=0-1',
    'nonsense',
  ]) {
    const { status, text, headers } = await range(asked);
    assert.equal(status, 200, asked);
    assert.equal(text.length, size, asked);
    assert.equal(headers['content-range'], undefined);
  }
});

test('If-Range sends the part if the file is unchanged, and otherwise the whole', async () => {
  const { headers } = await acme.get(url);
  assert.equal((await range('bytes=0-9', { 'if-range': String(headers.etag) })).status, 206);
  for (const other of ['"another"', `W/${headers.etag}`, new Date().toUTCString()]) {
    assert.equal((await range('bytes=0-9', { 'if-range': other })).status, 200, other);
  }
});

test('HEAD has the headers of GET and no body', async () => {
  const get = await acme.get(url);
  for (const headers of [{}, { range: 'bytes=0-9' }] as const) {
    const head = await acme.send({ method: 'HEAD', url, headers });
    assert.equal(head.status, 200);
    assert.equal(head.text, '');
    for (const name of ['content-length', 'content-type', 'content-disposition', 'etag', 'accept-ranges']) {
      assert.equal(head.headers[name], get.headers[name], name);
    }
  }
});

test('a matching If-None-Match gets a 304', async () => {
  const { headers } = await acme.get(url);
  for (const known of [String(headers.etag), `"other", ${headers.etag}`, `W/${headers.etag}`, '*']) {
    const response = await range('bytes=0-9', { 'if-none-match': known });
    assert.equal(response.status, 304, known);
    assert.equal(response.text, '');
    assert.equal(response.headers.etag, headers.etag);
  }
  assert.equal((await acme.get(url, { 'if-none-match': '"other"' })).status, 200);
});

test('the description of a file is the same before and after it was sent', async () => {
  const before = await acme.get(`/files/public/files/${uuid}`);
  assert.equal(before.status, 200);
  assert.deepEqual(
    { ...before.body, uuid: '', created_at: '' },
    {
      uuid: '',
      name: 'отчёт 100%.txt',
      size,
      extension: 'txt',
      content_type: 'text/plain; charset=utf-8',
      created_at: '',
    },
  );
  const number = await ticketWith(acme, uuid);
  const after = await acme.get(`/files/public/files/${uuid}`);
  assert.deepEqual(after.body, before.body);
  const { body } = await acme.get(`/support/tickets/${number}/comments`);
  assert.deepEqual(body.items[0].files, [before.body]);
  assert.equal((await acme.get(url)).text, content);
});

test('a file whose bytes are missing is a 503, never an empty file', async () => {
  const lost = (await acme.upload('a.txt', 'lost')).body.uuid;
  const [row] = await instance.query<{ blob: string }>('select blob from files where uuid = $1', [lost]);
  await instance.files.remove(String(row?.blob));
  const response = await acme.get(`/files/public/files/${lost}/content`);
  assertProblem(response, 503, 'storage_unavailable');
  assert.ok(response.headers['retry-after']);
  assert.equal(response.headers['content-disposition'], undefined);
  assert.ok(instance.log.some((line) => line.includes('ENOENT')));
});
