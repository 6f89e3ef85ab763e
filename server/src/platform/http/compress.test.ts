/** Compressed responses, over a real connection: the same content, with the right tags and headers. */
import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
await instance.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = instance.app.server.address() as AddressInfo; // it listens on a port
const [acme, admin] = [await instance.client('acme'), await instance.staff('admin')];
const text = 'Help, the disk is full. '.repeat(100);
const opened = await done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: text }));
const ticket = `/support/tickets/${opened.body.number}`;
const comments = `${ticket}/comments`;

interface Raw {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
}

/** Reads the raw response, with a client that does not decompress. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Raw> {
  const options = { port, path, method, headers: { 'x-token': acme.token, ...headers } };
  return new Promise((resolve, reject) => {
    const request = httpRequest(options, async (response) => {
      const bytes = await buffer(response);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes });
    });
    request.on('error', reject).end(body);
  });
}

const decode = ({ headers, bytes }: Raw) =>
  String(
    headers['content-encoding'] === 'br'
      ? brotliDecompressSync(bytes)
      : headers['content-encoding'] === 'gzip'
        ? gunzipSync(bytes)
        : bytes,
  );

test('a response over 1 kB is compressed as requested, with the same content', async () => {
  const plain = await ask(comments);
  assert.equal(plain.headers['content-encoding'], undefined);
  const asked: Record<string, string | undefined> = {
    gzip: 'gzip',
    br: 'br',
    'gzip, deflate, br, zstd': 'br',
    'gzip;q=1, br;q=0.5': 'gzip',
    'GZIP;Q=0.1': 'gzip',
    '*': 'br',
    'gzip;q=0, *;q=0.5': 'br',
    'br;q=0, gzip;q=0': undefined,
    'identity, *;q=0': undefined,
    deflate: undefined,
    '': undefined,
  };
  for (const [accept, encoding] of Object.entries(asked)) {
    const response = await ask(comments, { 'accept-encoding': accept });
    assert.equal(response.headers['content-encoding'], encoding, accept);
    assert.equal(response.headers.vary, 'accept-encoding', accept);
    assert.equal(decode(response), String(plain.bytes), accept);
    if (encoding) assert.ok(response.bytes.length < plain.bytes.length / 5, accept);
  }
  const short = await ask('/support/topics', { 'accept-encoding': 'gzip' });
  assert.equal(short.headers['content-encoding'], undefined);
  assert.equal(short.headers.vary, undefined);
});

test('a compressed response has a weak ETag, which If-None-Match and If-Match accept like the strong one', async () => {
  const long = { client_emails: Array.from({ length: 10 }, (_, i) => `${'a'.repeat(60)}${i}@b.example`) };
  await done(acme.patch(ticket, { ...long, client_aliased_name: 'Ivan '.repeat(50) }));
  const strong = String((await ask(ticket)).headers.etag);
  const compressed = await ask(ticket, { 'accept-encoding': 'gzip' });
  assert.equal(compressed.headers['content-encoding'], 'gzip');
  assert.equal(compressed.headers.etag, `W/${strong}`);
  for (const known of [strong, `W/${strong}`]) {
    for (const [accept, tag] of Object.entries({ gzip: `W/${strong}`, identity: strong })) {
      const response = await ask(ticket, { 'if-none-match': known, 'accept-encoding': accept });
      assert.equal(response.status, 304);
      assert.equal(response.bytes.length, 0);
      assert.equal(response.headers.etag, tag);
      assert.equal(response.headers.vary, 'accept-encoding');
      assert.equal(response.headers['content-encoding'], undefined);
    }
  }
  await done(acme.patch(ticket, { client_aliased_name: 'Petr' }, { 'if-match': `W/${strong}` }));
  assertProblem(await acme.patch(ticket, { client_aliased_name: 'A' }, { 'if-match': `W/${strong}` }), 412);
});

test('HEAD has the headers of GET, and responses to writes are compressed like those to reads', async () => {
  for (const path of [ticket, comments, '/openapi.json', '/docs/static/swagger-ui.css']) {
    const [get, head] = [
      await ask(path, { 'accept-encoding': 'br' }),
      await ask(path, { 'accept-encoding': 'br' }, 'HEAD'),
    ];
    assert.equal(get.headers['content-encoding'], 'br', path);
    for (const name of ['content-encoding', 'vary', 'etag', 'content-type'])
      assert.equal(head.headers[name], get.headers[name], `${name} of ${path}`);
    assert.equal(head.bytes.length, 0);
  }
  const written = await ask(
    comments,
    { 'accept-encoding': 'gzip', 'content-type': 'application/json' },
    'POST',
    JSON.stringify({ body: text }),
  );
  assert.equal(written.headers['content-encoding'], 'gzip');
  assert.equal(JSON.parse(decode(written)).body, text);
});

test('responses with secrets, downloads and streams are not compressed', async () => {
  const secretive = instance.app.knownRoutes.filter(({ options: { config = {}, schema = {} } }) => {
    const response = JSON.stringify((schema.response as { 200?: object } | undefined)?.[200] ?? {});
    return config.showsSecret || /"(secret|token|url|recovery_codes|invitation)"/.test(response);
  });
  assert.ok(secretive.length > 8);
  for (const { method, url, options } of secretive) {
    const { showsSecret, access } = options.config ?? {};
    assert.ok(showsSecret || access === 'public' || access === 'session', `${method} ${url} shows a secret`);
  }
  const allowed_addresses = Array.from({ length: 50 }, (_, i) => `2001:db8:1234:5678:9abc:def0:1234:${i}`);
  const payload = JSON.stringify({
    kind: 'client',
    account_id: acme.accountId,
    name: 'n',
    allowed_addresses,
  });
  const headers = { 'x-token': admin.token, 'accept-encoding': 'gzip', 'content-type': 'application/json' };
  const issued = await ask('/staff/tokens', headers, 'POST', payload);
  assert.equal(issued.status, 200, String(issued.bytes));
  assert.ok(issued.bytes.length > 1024);
  assert.deepEqual([issued.headers['content-encoding'], issued.headers.vary], [undefined, undefined]);

  const { uuid } = (await done(acme.upload('a.txt', text))).body;
  for (const range of ['none', 'bytes=0-1999']) {
    const file = await ask(`/files/public/files/${uuid}/content`, { 'accept-encoding': 'gzip', range });
    assert.equal(file.headers['content-encoding'], undefined);
    assert.equal(file.headers.etag, `"${uuid}"`);
  }
  const stream = await fetch(`http://127.0.0.1:${port}/support/events`, {
    headers: { 'x-token': acme.token, 'accept-encoding': 'gzip' },
  });
  assert.equal(stream.headers.get('content-encoding'), null);
  await stream.body?.cancel();
});
