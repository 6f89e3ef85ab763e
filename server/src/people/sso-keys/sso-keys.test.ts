/** SSO keys: public keys that are added, and secrets that are generated and shown once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');
const url = '/staff/sso-keys';
const add = (body: object) => admin.post(url, { name: 'panel', ...body });

async function newJwk(algorithm: 'EdDSA' | 'ES256'): Promise<{ open: JWK; secret: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { open: await exportJWK(publicKey), secret: await exportJWK(privateKey) };
}
const [ed, es] = [await newJwk('EdDSA'), await newJwk('ES256')];

test('a secret is generated for HS256, shown once, and is in no list, change or event', async () => {
  const { secret, ...key } = (await done(add({ algorithm: 'HS256' }))).body;
  assert.match(secret, /^phs_[\w-]{43}$/);
  const { kid, created_at } = key;
  const nothing = { public_jwk: null, issuer: null, disabled_at: null };
  assert.deepEqual(key, { kid, name: 'panel', algorithm: 'HS256', ...nothing, created_at });
  const list = await done(admin.get(url));
  assert.deepEqual(list.body.items.at(-1), key);
  const changed = await done(admin.patch(`${url}/${kid}`, { name: 'renamed' }));
  const removed = await done(admin.delete(`${url}/${kid}`));
  const events = await instance.query("select data::text from events where type like 'sso_key.%'");
  for (const text of [list.text, changed.text, removed.text, JSON.stringify(events)]) {
    assert.ok(!text.includes(secret.slice(4)) && !text.includes('"secret"'));
  }
  assert.equal(events.length, 3);
});

test('a retry of the request that generated a key says that its secret was shown', async () => {
  const headers = { 'idempotency-key': 'a-key' };
  const body = { name: 'panel', algorithm: 'HS256', kid: 'once' };
  await done(admin.post(url, body, headers));
  assertProblem(await admin.post(url, body, headers), 409, 'secret_shown_once');
});

test('a public key is reduced to its required members and identified by its thumbprint or a chosen kid', async () => {
  const { body } = await done(
    add({
      algorithm: 'EdDSA',
      public_jwk: { ...ed.open, alg: 'EdDSA', use: 'sig', kid: 'k' },
      issuer: 'panel',
    }),
  );
  assert.deepEqual(body.public_jwk, ed.open);
  assert.deepEqual(
    [body.kid, body.secret, body.issuer],
    [await calculateJwkThumbprint(ed.open), null, 'panel'],
  );
  const own = (await done(add({ algorithm: 'ES256', public_jwk: es.open, kid: 'panel-2026.1' }))).body;
  assert.deepEqual([own.kid, own.public_jwk], ['panel-2026.1', es.open]);
  assertProblem(await add({ algorithm: 'HS256', kid: 'panel-2026.1' }), 409, 'sso_key_exists');
});

test('an invalid public key is refused, and a private key first of all', () =>
  storingNothing(instance, async () => {
    const wrong = [
      { algorithm: 'HS256', public_jwk: ed.open },
      { algorithm: 'EdDSA' },
      { algorithm: 'EdDSA', public_jwk: es.open },
      { algorithm: 'ES256', public_jwk: ed.open },
      { algorithm: 'EdDSA', public_jwk: { ...ed.open, x: 'AA' } },
      { algorithm: 'EdDSA', public_jwk: { ...ed.open, x: '!' } },
      { algorithm: 'ES256', public_jwk: { ...es.open, y: undefined } },
      { algorithm: 'ES256', public_jwk: { ...es.open, y: es.open.x } },
    ];
    for (const body of wrong) {
      const response = await add(body);
      assertProblem(response, 400, 'invalid_sso_key', JSON.stringify(body));
      assert.equal(response.body.errors[0].pointer, '/public_jwk');
    }
    for (const body of [
      { algorithm: 'EdDSA', public_jwk: ed.secret },
      { algorithm: 'ES256', public_jwk: es.secret },
      { algorithm: 'RS256' },
      { algorithm: 'none' },
      { algorithm: 'HS256', secret: 'of mine' },
      { algorithm: 'HS256', kid: 'a/b' },
      { algorithm: 'HS256', kid: '' },
    ]) {
      assertProblem(await add(body), 400, 'invalid_request', JSON.stringify(body));
    }
  }));

test('a change is in the audit with the values before and after', async () => {
  const { kid } = (await done(add({ algorithm: 'HS256' }))).body;
  const { body } = await done(admin.patch(`${url}/${kid}`, { is_enabled: false, issuer: 'panel' }));
  assert.match(body.disabled_at, /^\d{4}-/);
  const [event] = await instance.query<{ data: object }>(
    "select data from events where type = 'sso_key.changed' order by id desc limit 1",
  );
  assert.deepEqual(event?.data, {
    kid,
    before: { name: 'panel', issuer: null, disabled_at: null },
    after: { name: 'panel', issuer: 'panel', disabled_at: body.disabled_at },
    sessions_ended: 0,
  });
  const enabled = (await done(admin.patch(`${url}/${kid}`, { is_enabled: true, issuer: null }))).body;
  assert.deepEqual([enabled.disabled_at, enabled.issuer, enabled.name], [null, null, 'panel']);
});

test('only admins can manage SSO keys', () =>
  storingNothing(instance, async () => {
    assertProblem(await agent.get(url), 403, 'forbidden');
    assertProblem(await agent.post(url, { name: 'a', algorithm: 'HS256' }), 403, 'forbidden');
    assertProblem(await agent.patch(`${url}/once`, { name: 'a' }), 403, 'forbidden');
    assertProblem(await agent.delete(`${url}/once`), 403, 'forbidden');
    assertProblem(await admin.patch(`${url}/nothing`, { name: 'a' }), 404, 'sso_key_not_found');
  }));
