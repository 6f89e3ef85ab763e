/** Cross-origin pages: allowed ones call with a token, and no other page can read anything. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readConfig } from '#config.ts';
import { openInstance } from '#test/instance.ts';
import { listen, openReader } from '#test/sse.ts';

const panel = 'https://panel.example';
const instance = await openInstance({ env: { ALLOWED_ORIGINS: `${panel}, http://localhost:5173` } });
const closed = await openInstance({ url: instance.url });
after(async () => {
  await closed.close();
  await instance.close();
});
const acme = await instance.client('acme');
const home = await listen(instance);

const preflight = (url: string, origin: string, method = 'POST', there = instance) =>
  there.anonymous.send({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'x-token,idempotency-key,if-match,prefer,last-event-id',
    },
  });

test('a preflight of an allowed origin lists the methods of the path and the allowed headers', async () => {
  for (const url of ['/support/tickets', '/support/tickets/', '/support/tickets?page=1']) {
    const { status, headers, text } = await preflight(url, panel);
    assert.deepEqual([status, text], [204, '']);
    assert.equal(headers['access-control-allow-origin'], panel);
    assert.equal(headers['access-control-allow-methods'], 'GET, HEAD, POST');
    const allowed = String(headers['access-control-allow-headers']).toLowerCase().split(', ');
    for (const name of ['x-token', 'content-type', 'idempotency-key', 'if-match', 'prefer', 'last-event-id'])
      assert.ok(allowed.includes(name), name);
    assert.ok(Number(headers['access-control-max-age']) > 0);
    assert.equal(headers['access-control-allow-credentials'], undefined);
    assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/);
  }
  for (const url of [
    '/support/tickets/1/comments',
    '/files/public/files',
    '/support/session',
    '/support/events',
  ])
    assert.equal((await preflight(url, 'http://localhost:5173')).status, 204, url);
});

test('an allowed origin can read all responses and refusals, and the headers it needs', async () => {
  const asked: Array<[string, object, number]> = [
    ['/support/topics', { 'x-token': acme.token }, 200],
    ['/support/topics', {}, 401],
    ['/support/nothing', {}, 404],
    ['/support/tickets/1', { 'x-token': acme.token }, 404],
    ['/support/%', {}, 400],
    ['/support/topics', { host: 'a', 'content-encoding': 'br' }, 415],
    ['/files/public/files/extensions', { 'x-token': acme.token }, 200],
  ];
  for (const [url, more, expected] of asked) {
    const { status, headers } = await instance.anonymous.get(url, { origin: panel, ...more });
    assert.equal(status, expected, url);
    assert.equal(headers['access-control-allow-origin'], panel, url);
    assert.match(String(headers.vary), /\borigin\b/, url);
    assert.equal(headers['access-control-allow-credentials'], undefined);
    const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ');
    for (const name of ['etag', 'ratelimit', 'retry-after', 'link', 'idempotency-replayed', 'x-request-id'])
      assert.ok(exposed.includes(name), name);
  }
  const reader = await openReader(`${home}/support/events`, acme.token, { origin: panel });
  assert.equal(reader.headers.get('access-control-allow-origin'), panel);
  assert.equal(reader.headers.get('vary'), 'origin');
  assert.ok(reader.headers.get('x-request-id'));
  reader.close();
});

test('an origin that is not allowed, and a path that is not open to other origins, get no CORS headers', async () => {
  const strangers = ['https://evil.example', 'https://panel.example.evil', 'http://panel.example', 'null'];
  for (const origin of [...strangers, `${panel}/`, `${panel}:8443`]) {
    assert.equal((await preflight('/support/tickets', origin)).status, 405, origin);
    const { headers } = await acme.get('/support/topics', { origin });
    assert.equal(headers['access-control-allow-origin'], undefined, origin);
    assert.match(String(headers.vary), /\borigin\b/, 'a cache must not give this response to the panel');
  }
  for (const url of ['/staff/tickets', '/staff/session', '/metrics', '/docs', '/supportive']) {
    assert.notEqual((await preflight(url, panel)).status, 204, url);
    const { headers } = await instance.anonymous.get(url, { origin: panel });
    assert.equal(headers['access-control-allow-origin'], undefined, url);
  }
});

test('without ALLOWED_ORIGINS no origin is allowed, and only origins are valid values', async () => {
  assert.equal((await preflight('/support/tickets', panel, 'POST', closed)).status, 405);
  const { headers } = await closed.anonymous.get('/support/topics', { origin: panel });
  assert.deepEqual([headers['access-control-allow-origin'], headers.vary], [undefined, undefined]);
  for (const wrong of [
    '*',
    'null',
    'panel.example',
    'https://panel.example/',
    'https://a.example,,',
    'ftp://a',
  ]) {
    assert.throws(() => readConfig({ ALLOWED_ORIGINS: wrong }), /is not an origin/, wrong);
  }
});
