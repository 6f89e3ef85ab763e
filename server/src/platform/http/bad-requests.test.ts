/** Malformed requests, byte by byte, over a real connection. */
import assert from 'node:assert/strict';
import { type AddressInfo, connect } from 'node:net';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
await instance.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = instance.app.server.address() as AddressInfo; // it listens on a port, not on a path
const acme = await instance.client('acme');
const { number } = (await acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body;
const key = `x-token: ${acme.token}\r\n`;

/** Sends raw bytes and reads everything until the server closes. Status 0 stands for no response at all. */
async function speak(bytes: string | Buffer, { thenHangUp = false } = {}): Promise<Response> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {}); // after a reset, the bytes received before it count
  socket.write(bytes);
  if (thenHangUp) socket.end();
  await new Promise((resolve) => socket.once('close', resolve));
  const [head = '', text = ''] = Buffer.concat(chunks)
    .toString()
    .split(/\r\n\r\n([\s\S]*)/);
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(/: (.*)/)));
  const isJson = /problem\+json/.test(headers['content-type'] ?? '');
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

const request = (line: string, headers = '', body = '') =>
  `${line} HTTP/1.1\r\nhost: instance.example\r\nconnection: close\r\n${key}${headers}\r\n${body}`;
const json = (body: string) =>
  `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;

async function isServing() {
  assert.equal((await speak(request('GET /health/live'))).status, 200);
}

test('bytes that are not HTTP/1.1 are refused with a problem, nothing is stored and the server keeps running', () =>
  storingNothing(instance, async () => {
    const comment = `POST /support/tickets/${number}/comments`;
    const unparsable: Record<string, string | Buffer> = {
      'a word': 'hello\r\n\r\n',
      'no method': ` /support/tickets HTTP/1.1\r\nhost: a\r\n\r\n`,
      'an unknown method': request('FETCH /support/tickets'),
      'a method in lower case': request('get /support/tickets'),
      'another protocol': 'GET / SPDY/3\r\nhost: a\r\n\r\n',
      'a version that does not exist': `GET / HTTP/9.9\r\nhost: a\r\n\r\n`,
      'a space in the path': request('GET /support/ tickets'),
      'NUL in the path': request('GET /support/tickets/\0'),
      'NUL in a header': request('GET /support/tickets', 'idempotency-key: a\0b\r\n'),
      'a header without a name': request('GET /support/tickets', ': a\r\n'),
      'a header without a colon': request('GET /support/tickets', 'a\r\n'),
      'a folded header': request('GET /support/tickets', 'a: b\r\n c: d\r\n'),
      'a space before the colon': request('GET /support/tickets', 'x-a : b\r\n'),
      'no host': `GET /support/tickets HTTP/1.1\r\n${key}connection: close\r\n\r\n`,
      'two hosts': request('GET /support/tickets', 'host: other.example\r\n'),
      'the same host twice': request('GET /support/tickets', 'Host: instance.example\r\n'),
      'two hosts on a path that is not there': request('GET /nothing', 'host: other.example\r\n'),
      'compressed and chunked': request(
        comment,
        'content-type: application/json\r\ntransfer-encoding: gzip, chunked\r\n',
        '0\r\n\r\n',
      ),
      'compressed and chunked on a path that takes no body': request(
        'GET /health/live',
        'transfer-encoding: gzip, chunked\r\n',
        '0\r\n\r\n',
      ),
      'both lengths': request(
        comment,
        `${json('{"body":"a"}')}transfer-encoding: chunked\r\n`,
        '{"body":"a"}',
      ),
      'two lengths': request(comment, `${json('{"body":"a"}')}content-length: 1\r\n`, '{"body":"a"}'),
      'a negative length': request(
        comment,
        'content-type: application/json\r\ncontent-length: -1\r\n',
        '{"body":"a"}',
      ),
      'a length in words': request(
        comment,
        'content-type: application/json\r\ncontent-length: ten\r\n',
        '{"body":"a"}',
      ),
      'an unknown transfer encoding': request(
        comment,
        'content-type: application/json\r\ntransfer-encoding: cow\r\n',
        '0\r\n\r\n',
      ),
      'chunked twice': request(
        comment,
        'content-type: application/json\r\ntransfer-encoding: chunked, chunked\r\n',
        '0\r\n\r\n',
      ),
      'a chunk of no size': request(
        comment,
        'content-type: application/json\r\ntransfer-encoding: chunked\r\n',
        'zz\r\na\r\n0\r\n\r\n',
      ),
      'a TLS greeting': Buffer.from('160301020001000001fc0303', 'hex'),
      'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    };
    for (const [what, bytes] of Object.entries(unparsable)) {
      const response = await speak(bytes);
      assertProblem(response, 400, 'malformed_request', what);
    }
    await isServing();
  }));

test('CONNECT, TRACE, an upgrade and an unknown expectation do no harm', async () => {
  const refused = await speak(request('CONNECT other.example:443'));
  assertProblem(refused, 405, 'method_not_allowed');
  assert.match(String(refused.headers.allow), /get, head/);
  assertProblem(await speak(request('TRACE /support/topics')), 405, 'method_not_allowed');
  const upgrade = 'upgrade: websocket\r\nconnection: upgrade\r\n';
  assertProblem(await speak(request('GET /support/nothing', upgrade)), 404, 'page_not_found');
  assertProblem(await speak(request('GET /support/nothing', 'expect: miracles\r\n')), 404, 'page_not_found');
  await isServing();
});

test('headers over 16 KiB are refused with the right status', async () => {
  const response = await speak(request('GET /support/tickets', `x-padding: ${'a'.repeat(17_000)}\r\n`));
  assertProblem(response, 431, 'headers_too_large');
  assertProblem(await speak(request(`GET /${'a'.repeat(17_000)}`)), 431, 'headers_too_large');
  await isServing();
});

test('a body shorter than its Content-Length stores no comment', () =>
  storingNothing(instance, async () => {
    const head = `content-type: application/json\r\ncontent-length: 100\r\n`;
    const response = await speak(request(`POST /support/tickets/${number}/comments`, head, '{"body":"a"}'), {
      thenHangUp: true,
    });
    assert.ok(response.status === 0 || response.status === 400, response.text);
    await isServing();
  }));

test('a chunked body over 1 MiB is refused while it arrives', () =>
  storingNothing(instance, async () => {
    const chunk = `10000\r\n${'['.repeat(65_536)}\r\n`;
    const head = 'content-type: application/json\r\ntransfer-encoding: chunked\r\n';
    const body = `${chunk.repeat(40)}0\r\n\r\n`;
    const response = await speak(request(`POST /support/tickets/${number}/comments`, head, body));
    assertProblem(response, 413, 'too_large');
    await isServing();
  }));

test('any unknown path is refused with a problem', () =>
  storingNothing(instance, async () => {
    const statuses: Record<string, number> = {
      '/%': 400,
      '/%E0%A4%A': 400,
      '/%ff': 400,
      '/support/tickets/%zz': 400,
      '/support/tickets?q=%': 400,
      '/support/tickets?%ff': 400,
      '//': 404,
      '//support/tickets': 404,
      '/..;/': 404,
      '/../etc/passwd': 404,
      '/support/../support/topics': 404,
      '/support/tickets/..%2f..': 404,
      '/%2e%2e/%2e%2e': 404,
      '/support/tickets//': 404,
      '/support//tickets': 404,
      '/Support/Tickets': 404,
      '/support/tickets%2f1': 404,
      '/support\\tickets': 404,
      '/docs/../../etc/passwd': 404,
      '/docs/static/..%2f..%2fpackage.json': 404,
      '/.git/config': 404,
      '/;': 404,
      '*': 404,
      support: 400,
      'http://other.example/support/nothing': 404,
      'http://': 400,
    };
    for (const [path, status] of Object.entries(statuses)) {
      const response = await speak(request(`GET ${path}`));
      assertProblem(response, status, undefined, `${path}: ${response.text}`);
    }
    await isServing();
  }));

test('a request in absolute form is handled like any other, as HTTP/1.1 requires', async () => {
  const response = await speak(request(`GET http://desk.example/support/tickets/${number}`));
  assert.equal(response.status, 200);
});

test('a path or query of 8,000 characters does no harm', async () => {
  assertProblem(await speak(request(`GET /support/tickets/${'1'.repeat(8000)}`)), 404);
  assertProblem(await speak(request(`GET /support/tickets?q=${'a'.repeat(8000)}`)), 400, 'invalid_request');
  assert.equal((await speak(request(`GET /support/topics?${'a=1&'.repeat(2000)}`))).status, 200);
});

test('two tokens at once, and malformed tokens, give no access', async () => {
  const other = (await instance.client('other')).token;
  await storingNothing(instance, async () => {
    const keys = [
      `x-token: ${acme.token}\r\nx-token: ${acme.token}\r\n`,
      `x-token: ${acme.token}\r\nx-token: ${other}\r\n`,
      `x-token: ${acme.token}, ${other}\r\n`,
      'x-token:\r\n',
      'x-token: \r\n',
      'x-token:    \r\n',
      'x-token: %20\r\n',
      'x-token: null\r\n',
      `x-token: "${acme.token}"\r\n`,
      `x-token: Bearer ${acme.token}\r\n`,
      `x-token: ${acme.token.toUpperCase()}\r\n`,
      `x-token: ${acme.token}a\r\n`,
      `x-token: ${acme.token.slice(0, -1)}\r\n`,
      `x-token: ${'a'.repeat(10_000)}\r\n`,
      `authorization: Bearer ${acme.token}\r\n`,
      `cookie: x-token=${acme.token}\r\n`,
      `x-token: ${acme.token}%00\r\n`,
    ];
    const responses = await Promise.all(
      keys.map((header) =>
        speak(`GET /support/tickets HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${header}\r\n`),
      ),
    );
    for (const [i, response] of responses.entries()) {
      assertProblem(response, 401, 'unauthorized', keys[i]);
      assert.deepEqual(
        { ...response.body, request_id: '' },
        { ...responses[0]?.body, request_id: '' },
        'the same response for all of them',
      );
    }
  });
});

test('two requests on one connection are handled as two, and request smuggling fails', async () => {
  const topics = `GET /support/topics HTTP/1.1\r\nhost: a\r\n${key}\r\n`;
  const both = await speak(topics + request('GET /support/nothing'));
  assert.equal(both.status, 200);
  assert.match(both.text, /HTTP\/1\.1 404/);

  const hidden = `POST /support/tickets/${number}/comments HTTP/1.1\r\nhost: a\r\n${key}${json('{"body":"a"}')}\r\n{"body":"a"}`;
  await storingNothing(instance, () => speak(request('POST /support/nothing', `${json(hidden)}`, hidden)));
});

test('every response of the server has a request id', async () => {
  const seen = new Set<string>();
  for (const path of ['/support/topics', '/nothing', '/%', '/support/tickets/x']) {
    const response = await speak(request(`GET ${path}`));
    assert.match(String(response.headers['x-request-id']), /^[0-9a-f-]{36}$/, path);
    if (response.status !== 200)
      assert.equal(response.body.request_id, response.headers['x-request-id'], path);
    seen.add(String(response.headers['x-request-id']));
  }
  assert.equal(seen.size, 4);
});
