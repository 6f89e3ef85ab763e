/** Calls every route with tokens that have fewer rights than their owners. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { KnownRoute } from '#platform/http/routes.ts';
import { furnish } from './acme.ts';
import { accessOf, ask, isRead, nameOf, parameterOf } from './call-route.ts';
import { type Caller, caller } from './caller.ts';
import { openInstance } from './instance.ts';
import { invite } from './people.ts';
import { assertProblem, storingNothing } from './refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const people = await invite(instance);
const acme = await furnish(instance, people);
const { admin, agent } = people;
const forStaff = instance.app.knownRoutes.filter((route) =>
  ['staff', 'admin'].includes(accessOf(route) ?? ''),
);

/** An admin's token with these limits. */
async function keyOf(limits: object): Promise<Caller> {
  const [row] = await instance.query<{ staff_id: number }>(
    'select staff_id from tokens where token_id = $1',
    [admin.tokenId],
  );
  const body = { kind: 'staff', staff_id: row?.staff_id, name: 'limited', ...limits };
  const issued = await admin.post('/staff/tokens', body);
  assert.equal(issued.status, 200, issued.text);
  return caller(instance.app, issued.body);
}

const limited = {
  scopes: await keyOf({ scopes: ['tickets:read', 'tickets:write', 'me', 'admin'] }),
  addresses: await keyOf({ allowed_addresses: ['127.0.0.1'] }),
  'an end': await keyOf({ expires_at: '2050-01-01T00:00:00Z' }),
};
const narrow = await keyOf({ scopes: ['tickets:read', 'tickets:write', 'me'] });

/** Bodies with which a route grants access. */
const rights: Record<string, Array<Record<string, unknown>>> = {
  changeMember: [{ role: 'admin' }, { role: 'agent' }, { is_enabled: true }, { name: 'A', role: 'admin' }],
};

test('a token with scopes, addresses or an expiry is refused by every route that grants access, and nothing is stored', async () => {
  const lettingIn = forStaff.filter(({ options }) => options.config?.grantsAccess);
  assert.ok(lettingIn.length >= 14);
  for (const route of lettingIn) {
    const bodies = rights[operationOf(route)];
    assert.equal(typeof route.options.config?.grantsAccess, bodies ? 'function' : 'boolean', nameOf(route));
    const { name } = parameterOf(route) ?? {};
    const [own] = name ? await acme.own(name, 'staff') : [{ value: '' }];
    await storingNothing(instance, async () => {
      for (const { headers } of Object.values(limited)) {
        for (const known of bodies ?? [{}]) {
          const sample = { value: own?.value ?? '', known };
          const { status, text } = await ask(instance, route, { headers, sample });
          assert.deepEqual([status, JSON.parse(text).code], [403, 'forbidden'], nameOf(route));
        }
      }
    });
  }
});

test('a staff route that shows a secret declares that it grants access', () => {
  const showing = forStaff.filter(({ options }) => options.config?.showsSecret);
  for (const route of showing) assert.ok(route.options.config?.grantsAccess, nameOf(route));
});

test('a limited token of an admin can read everything that the admin can', async () => {
  for (const route of forStaff.filter(({ method }) => method === 'GET')) {
    const { name } = parameterOf(route) ?? {};
    const samples = name ? await acme.own(name, 'staff') : [{ value: '' }];
    for (const sample of samples.filter(({ of = 'admin' }) => of === 'admin')) {
      for (const [limit, { headers }] of Object.entries(limited)) {
        const { status } = await ask(instance, route, { headers, sample });
        assert.ok(status < 400 || status === 409, `${nameOf(route)} with ${limit}: ${status}`);
      }
    }
  }
});

test('an admin’s token without the scope admin can do no more than an agent, and gets a 404 for what belongs to a team member', async () => {
  for (const route of forStaff) {
    const { name } = parameterOf(route) ?? {};
    const samples = name ? await acme.own(name, 'staff') : [];
    const privates = samples.filter(({ of }) => of === 'agent');
    if (privates.length === 0 || accessOf(route) === 'admin') continue;
    await storingNothing(instance, async () => {
      for (const sample of privates) {
        const { status } = await ask(instance, route, { headers: narrow.headers, sample });
        assert.equal(status, 404, nameOf(route));
      }
    });
  }
});

test('neither an agent nor an admin’s token without the scope admin can read a team member’s address anywhere', async () => {
  const addresses = await instance.query<{ email: string }>(
    'select email from staff where staff_id not in (select staff_id from tokens where token_id = any($1))',
    [[agent.tokenId, narrow.tokenId]],
  );
  const known = addresses.map(({ email }) => email);
  assert.ok(known.length > 1);
  for (const who of [agent, narrow]) {
    for (const route of forStaff.filter(isRead).filter(({ method }) => method === 'GET')) {
      const { name } = parameterOf(route) ?? {};
      for (const sample of name ? await acme.own(name, 'staff') : [{ value: '' }]) {
        const query = route.url === '/staff/events' ? 'after=0.0.0&limit=500' : undefined;
        const { text } = await ask(instance, route, { headers: who.headers, sample, query });
        for (const email of known) assert.ok(!text.includes(email), `${nameOf(route)} shows ${email}`);
      }
    }
  }
});

test('an admin’s token without the scope admin cannot share anything with everybody', async () => {
  const view = { name: 'All', filter: {}, is_shared: true };
  const response = { title: 'Hello', shortcut: 'hello', bodies: { en: 'Hello' }, is_shared: true };
  await storingNothing(instance, async () => {
    assertProblem(await narrow.post('/staff/views', view), 403, 'forbidden');
    assertProblem(await narrow.post('/staff/canned-responses', response), 403, 'forbidden');
  });
});

test('a token without the scope me does not see its member’s sign-ins in the feed', async () => {
  const types = async (scopes: string[]) => {
    const key = await keyOf({ scopes });
    const { body } = await key.get('/staff/events?after=0.0.0&limit=500');
    return body.items.map(({ type }: { type: string }) => type);
  };
  assert.ok((await types(['tickets:read', 'me'])).includes('token.issued'));
  assert.ok(!(await types(['tickets:read'])).includes('token.issued'));
});

const operationOf = ({ options }: KnownRoute) => String(options.schema?.operationId);
