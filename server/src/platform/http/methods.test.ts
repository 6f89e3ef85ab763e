/** Requests every path of the API with every method that it does not have. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';

const instance = await openInstance();
after(() => instance.close());
const callers = {
  nobody: instance.anonymous,
  client: await instance.client('acme'),
  staff: await instance.staff('admin'),
};
const paths = instance.app.swagger().paths ?? {};
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

/**
 * The methods of a path. HEAD works wherever GET does, except on streams, which have no end, and on the sign-in
 * redirect.
 */
function methodsOf(path: string): string[] {
  const operations = Object.keys(paths[path] ?? {}).map((method) => method.toUpperCase());
  const documented = path === '/support/session' ? [...operations, 'GET'] : operations; // a page, which is not in the API
  const hasHead = documented.includes('GET') && !/\/(events|stream|oidc|callback)$/.test(path);
  return [...documented, ...(hasHead ? ['HEAD'] : [])].sort();
}

test('the list of API paths is complete', () => assert.ok(Object.keys(paths).length > 20));

for (const path of Object.keys(paths)) {
  const url = path.replaceAll(/\{\w+\}/g, '100001');
  test(`${path} refuses every other method with a 405 that lists the allowed ones`, () =>
    storingNothing(instance, async () => {
      const allowed = methodsOf(path);
      for (const method of methods.filter((one) => !allowed.includes(one))) {
        for (const [who, caller] of Object.entries(callers)) {
          const response = await caller.send({ method, url });
          const slashed = await caller.send({ method, url: `${url}/` });
          assert.deepEqual([slashed.status, slashed.headers.allow], [405, response.headers.allow]);
          assert.equal(response.status, 405, `${method} ${path} by ${who}`);
          assert.equal(response.headers.allow, allowed.join(', '), `${method} ${path} by ${who}`);
          if (method !== 'HEAD') assertProblem(response, 405, 'method_not_allowed');
        }
      }
    }));
}

test('an unknown path is a 404 with every method, for everybody', () =>
  storingNothing(instance, async () => {
    for (const url of [
      '/support',
      '/support/',
      '/staff',
      '/support/tickets/100001//',
      '/admin',
      '/api/v1/tickets',
    ]) {
      for (const method of methods.filter((one) => one !== 'HEAD')) {
        for (const caller of Object.values(callers)) {
          assertProblem(await caller.send({ method, url }), 404, 'page_not_found', `${method} ${url}`);
        }
      }
    }
  }));

test('a trailing slash makes no difference', async () => {
  const { client } = callers;
  const { number } = (await client.post('/support/tickets/', { summary: 'Disk full', comment_body: 'Help' }))
    .body;
  for (const url of [`/support/tickets/${number}`, '/support/tickets', '/support/topics', '/health/live']) {
    const [plain, slashed] = [await client.get(`${url}?page=1`), await client.get(`${url}/?page=1`)];
    assert.equal(plain.status, 200, url);
    assert.deepEqual([slashed.status, slashed.text], [200, plain.text], url);
  }
  const retry = { 'idempotency-key': 'the-same' };
  const first = await client.post(`/support/tickets/${number}/comments/`, { body: 'More' }, retry);
  const again = await client.post(`/support/tickets/${number}/comments`, { body: 'More' }, retry);
  assert.deepEqual([again.status, again.text], [200, first.text]);
});
