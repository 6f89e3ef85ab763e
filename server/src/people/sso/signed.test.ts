/** Tokens signed by a host: valid ones work once, and every invalid one gets the same 401. */
import assert from 'node:assert/strict';
import { createHmac, KeyObject, randomUUID, type webcrypto } from 'node:crypto';
import { after, test } from 'node:test';
import { exportSPKI, generateKeyPair, importJWK, type JWTPayload, UnsecuredJWT } from 'jose';
import { goodClaims, type Host, newHost, nowSeconds, sign } from '#test/host.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader } from '#test/sse.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
await instance.client('acme');
const admin = await instance.staff('admin');
const edwards = await newHost(admin, 'EdDSA');
const elliptic = await newHost(admin, 'ES256');
const shared = await newHost(admin, 'HS256');
const named = await newHost(admin, 'EdDSA', { issuer: 'https://panel.example' });

const exchange = (token: string, there = instance) => there.anonymous.post('/support/session', { token });
const opens = async (token: string) =>
  (await instance.anonymous.get('/support/tickets', { 'x-token': token })).status === 200;
const claims = (more: JWTPayload = {}): JWTPayload => ({ ...goodClaims(), ...more });
const user = (more: object) => claims({ user: { id: '7', name: 'Ivan', ...more } });
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with HS256 and any bytes that an attacker has. */
function forge(header: object, secret: Buffer | string, body: JWTPayload = goodClaims()): string {
  const signed = `${base64(header)}.${base64(body)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const publicBytes = async ({ publicJwk = {}, algorithm }: Host) => {
  const key = (await importJWK(publicJwk, algorithm)) as webcrypto.CryptoKey; // not a symmetric key
  return { pem: await exportSPKI(key), der: KeyObject.from(key).export({ type: 'spki', format: 'der' }) };
};

test('a token signed by each kind of key opens a session for the person it names', async () => {
  for (const host of [edwards, elliptic, shared]) {
    const { body } = await done(exchange(await sign(host)));
    assert.deepEqual(body.account, { external_id: 'acme', name: 'The acme company' });
    assert.deepEqual(body.user, {
      id: '7',
      name: 'Ivan Sidorov',
      email: 'ivan@clients.example',
      projects: [],
      locale: 'ru',
    });
    assert.ok(await opens(body.token));
    const [session] = await instance.query(
      'select kid, token_id, user_id from client_sessions order by session_id desc limit 1',
    );
    assert.deepEqual(session, { kid: host.kid, token_id: null, user_id: '7' });
  }
});

test('a token within the bounds is accepted', async () => {
  const now = nowSeconds();
  const good: Record<string, JWTPayload> = {
    'five minutes long': claims({ iat: now, exp: now + 300 }),
    'over since less than the skew': claims({ iat: now - 60, exp: now - 20 }),
    'issued by a clock that is ahead': claims({ iat: now + 20, exp: now + 60 }),
    'without address and locale': claims({ user: { id: '7', name: 'Ivan' }, locale: undefined }),
    'with no address': user({ email: null }),
    'with more claims than are asked for': claims({ plan: 'gold', user: { id: '7', name: 'Ivan', age: 7 } }),
    'with an issuer that nobody asks for': claims({ iss: 'anybody' }),
    'of the longest jti': claims({ jti: 'j'.repeat(255) }),
  };
  for (const [what, one] of Object.entries(good)) {
    const response = await exchange(await sign(edwards, one));
    assert.equal(response.status, 200, `${what}: ${response.text}`);
  }
  await done(exchange(await sign(named, claims({ iss: 'https://panel.example' }))));
});

test('every invalid token gets the same 401, and nothing is stored', async () => {
  const now = nowSeconds();
  const stranger = await generateKeyPair('EdDSA');
  const disabled = await newHost(admin, 'EdDSA');
  await done(admin.patch(`/staff/sso-keys/${disabled.kid}`, { is_enabled: false }));
  const deleted = await newHost(admin, 'EdDSA');
  await done(admin.delete(`/staff/sso-keys/${deleted.kid}`));
  const used = await sign(edwards);
  await done(exchange(used));
  const reused = claims();
  await done(exchange(await sign(edwards, reused)));
  const good = await sign(edwards);
  const [head = '', body = '', signature = ''] = good.split('.');
  const [ed, es] = [await publicBytes(edwards), await publicBytes(elliptic)];
  const hs = { alg: 'HS256', kid: edwards.kid };
  const none = new UnsecuredJWT(goodClaims()).encode();

  const bad: Record<string, string | Promise<string>> = {
    'no token': '',
    'no token of three parts': 'a.b',
    'no JSON': `${Buffer.from('{').toString('base64url')}.${body}.${signature}`,
    'the key of the instance': admin.token,
    'alg none, unsigned': none,
    'alg none with a kid': `${base64({ alg: 'none', kid: edwards.kid })}.${body}.`,
    'alg None with the signature': `${base64({ alg: 'None', kid: edwards.kid })}.${body}.${signature}`,
    'HS256 with the public key as PEM': forge(hs, ed.pem),
    'HS256 with the public key as DER': forge(hs, ed.der),
    'HS256 with the x of the public key': forge(hs, Buffer.from(edwards.publicJwk?.x ?? '', 'base64url')),
    'HS256 with the public JWK': forge(hs, JSON.stringify(edwards.publicJwk)),
    'HS256 with the public key of ES256': forge({ ...hs, kid: elliptic.kid }, es.pem),
    'HS256 with an empty secret': forge({ ...hs, kid: shared.kid }, ''),
    'HS256 for a key without a secret, with an empty one': forge(hs, ''),
    'HS512 by the shared secret': forge({ alg: 'HS512', kid: shared.kid }, shared.key as Buffer),
    'the algorithm of another key': sign(elliptic, claims(), { kid: edwards.kid }),
    'another host’s key under this kid': sign({ ...edwards, key: stranger.privateKey }),
    'no kid': sign({ ...edwards, kid: '' }, claims(), { kid: undefined }),
    'an unknown kid': sign({ ...edwards, kid: randomUUID() }),
    'a kid of a path': sign({ ...edwards, kid: '../../etc/passwd' }),
    'a kid with NUL': sign({ ...edwards, kid: 'a\0b' }),
    'a key of its own in the header': sign({ ...edwards, key: stranger.privateKey }, claims(), {
      jwk: edwards.publicJwk,
    }),
    'a disabled key': sign(disabled),
    'a deleted key': sign(deleted),
    'a signature cut short': good.slice(0, -4),
    'no signature': `${head}.${body}.`,
    'another body under the signature': `${head}.${base64(claims({ sub: 'other' }))}.${signature}`,
    'a critical extension': `${base64({ alg: 'HS256', kid: shared.kid, crit: ['x'], x: 1 })}.${body}.${signature}`,
    'a token that was used': used,
    'a jti that was used, signed again': sign(edwards, { ...claims(), jti: reused.jti }),
    'no jti': sign(edwards, claims({ jti: undefined })),
    'an empty jti': sign(edwards, claims({ jti: '' })),
    'a jti that is a number': sign(edwards, claims({ jti: 7 as never })),
    'a jti that is too long': sign(edwards, claims({ jti: 'j'.repeat(256) })),
    'a jti with NUL': sign(edwards, claims({ jti: 'a\0b' })),
    'no audience': sign(edwards, claims({ aud: undefined })),
    'another audience': sign(edwards, claims({ aud: 'otherdesk' })),
    'an audience of which ours is a part': sign(edwards, claims({ aud: 'paneldesk.example' })),
    'two audiences': sign(edwards, claims({ aud: ['paneldesk', 'otherdesk'] })),
    'an issuer other than the key’s': sign(named, claims({ iss: 'https://evil.example' })),
    'no issuer for a key that has one': sign(named),
    'no iat': sign(edwards, claims({ iat: undefined })),
    'no exp': sign(edwards, claims({ exp: undefined })),
    'a life longer than five minutes': sign(edwards, claims({ iat: now, exp: now + 301 })),
    'an end before its beginning': sign(edwards, claims({ iat: now + 10, exp: now + 5 })),
    'a life of no time': sign(edwards, claims({ iat: now, exp: now })),
    'an end long ago': sign(edwards, claims({ iat: now - 200, exp: now - 40 })),
    'an iat in the future': sign(edwards, claims({ iat: now + 60, exp: now + 120 })),
    'an iat long ago': sign(edwards, claims({ iat: now - 400, exp: now - 100 })),
    'an nbf in the future': sign(edwards, claims({ nbf: now + 60 })),
    'an exp that is text': sign(edwards, claims({ exp: String(now + 60) as never })),
    'no sub': sign(edwards, claims({ sub: undefined })),
    'an account that is not there': sign(edwards, claims({ sub: 'nobody' })),
    'an account with NUL': sign(edwards, claims({ sub: 'acme\0' })),
    'no person': sign(edwards, claims({ user: undefined })),
    'a person who is text': sign(edwards, claims({ user: 'Ivan' })),
    'a person without an id': sign(edwards, claims({ user: { name: 'Ivan' } })),
    'a person without a name': sign(edwards, claims({ user: { id: '7' } })),
    'a person with a blank name': sign(edwards, user({ name: ' \u200b' })),
    'a name that is too long': sign(edwards, user({ name: 'x'.repeat(256) })),
    'a name with NUL': sign(edwards, user({ name: 'I\0an' })),
    'a name with half a character': sign(edwards, user({ name: 'Ivan \ud83d' })),
    'an id with NUL': sign(edwards, user({ id: 'a\0' })),
    'an address that is two': sign(edwards, user({ email: 'a@b.example,c@d.example' })),
    'a locale that is not ours': sign(edwards, claims({ locale: 'de' })),
  };
  await storingNothing(instance, async () => {
    const expected = await exchange('x');
    for (const [what, token] of Object.entries(bad)) {
      const response = await exchange(await token);
      assertProblem(response, 401, 'unauthorized', `${what}: ${response.text}`);
      assert.deepEqual({ ...response.body, request_id: '' }, { ...expected.body, request_id: '' }, what);
      assert.equal(response.headers['www-authenticate'], expected.headers['www-authenticate'], what);
    }
  });
  assert.deepEqual(instance.log, []);
  await done(exchange(good));
});

test('of forty uses of one token on two processes at once, one succeeds', async () => {
  for (const host of [edwards, elliptic, shared]) {
    const token = await sign(host);
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, i) => exchange(token, i % 2 ? otherProcess : instance)),
    );
    assert.equal(responses.filter(({ status }) => status === 200).length, 1);
    for (const response of responses.filter(({ status }) => status !== 200)) assertProblem(response, 401);
  }
});

test('a jti works once, also for two accounts at once; another key may use the same jti', async () => {
  await instance.client('second');
  const jti = randomUUID();
  const tokens = await Promise.all([
    sign(edwards, claims({ jti })),
    sign(edwards, claims({ jti, sub: 'second' })),
  ]);
  const responses = await Promise.all(tokens.map((token, i) => exchange(token, i ? otherProcess : instance)));
  assert.deepEqual(responses.map(({ status }) => status).sort(), [200, 401]);
  await done(exchange(await sign(elliptic, claims({ jti }))));
});

test('a use is recorded as long as the token could be accepted', async () => {
  const one = claims();
  await done(exchange(await sign(edwards, one)));
  const [use] = await instance.query<{ expires_at: Date }>(
    'select expires_at from used_sso_tokens where jti = $1',
    [one.jti],
  );
  assert.equal(new Date(String(use?.expires_at)).getTime() / 1000, Number(one.exp) + 30);
});

test('a token for another instance of the host is refused', async () => {
  const other = await openInstance({ env: { SSO_AUDIENCE: 'billing-desk' }, url: instance.url });
  const token = await sign(edwards, claims({ aud: 'billing-desk' }));
  assertProblem(await exchange(token), 401, 'unauthorized');
  await done(exchange(token, other));
  await other.close();
});

test('disabling or deleting a key ends its sessions for good, and their streams within 5 seconds', async () => {
  const home = await listen(instance);
  const hosts = [await newHost(admin, 'EdDSA'), await newHost(admin, 'HS256'), edwards];
  const tokens: string[] = [];
  for (const host of hosts) tokens.push((await done(exchange(await sign(host)))).body.token);
  const streams = await Promise.all(tokens.map((token) => openReader(`${home}/support/events`, token)));
  const [first, second, third] = streams;
  const started = performance.now();
  await done(admin.patch(`/staff/sso-keys/${hosts[0]?.kid}`, { is_enabled: false }));
  await done(admin.delete(`/staff/sso-keys/${hosts[1]?.kid}`));
  await done(admin.patch(`/staff/sso-keys/${hosts[0]?.kid}`, { is_enabled: true }));
  assert.deepEqual(await Promise.all(tokens.map(opens)), [false, false, true]);
  await Promise.all([first?.ended, second?.ended]);
  assert.ok(performance.now() - started < 5000);
  assert.equal(third?.isEnded, false);
  third?.close();
});
