import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { type Instance, openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { browser, cookieOf, newMember, signIn } from '#test/sign-in.ts';
import { listen, openReader } from '#test/sse.ts';
import { done } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');
const vera = await newMember(instance, admin);
const url = await listen(instance);

const ask = (headers: Record<string, string>, path = '/staff/me') => instance.anonymous.get(path, headers);
const write = (headers: Record<string, string>) =>
  instance.anonymous.post('/staff/views', { name: 'Mine', filter: {} }, headers);
const signOut = (headers: Record<string, string>) =>
  instance.anonymous.send({ method: 'DELETE', url: '/staff/session', headers });
/** The attributes of the session cookie and of the device cookie. */
const attributesOf = ({ headers }: Response) =>
  [headers['set-cookie']].flat().map((cookie) => String(cookie).split('; ').slice(1).sort().join(' '));

test('the cookie is bound to the host and to TLS, and scripts cannot read it', async () => {
  const headers = { host: 'desk.example' };
  const response = await done(signIn(instance, vera, { headers }));
  assert.match(String(response.headers['set-cookie']), /^__Host-paneldesk=[\w-]{43}; /);
  assert.deepEqual(attributesOf(response), [
    'HttpOnly Max-Age=604800 Path=/ SameSite=Lax Secure',
    'HttpOnly Max-Age=15552000 Path=/ SameSite=Lax Secure',
  ]);
  await done(ask({ ...headers, cookie: cookieOf(response) }));
});

test('on the local machine, over plain HTTP, the cookie lacks the attributes that browsers would refuse there', async () => {
  for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
    const response = await done(signIn(instance, vera, { headers: { host } }));
    assert.match(String(response.headers['set-cookie']), /^paneldesk=[\w-]{43}; /);
    assert.deepEqual(attributesOf(response), [
      'HttpOnly Max-Age=604800 Path=/ SameSite=Lax',
      'HttpOnly Max-Age=15552000 Path=/ SameSite=Lax',
    ]);
  }
  const proxied = { host: '127.0.0.1:8080', 'x-forwarded-for': '192.0.2.1' };
  const response = await done(signIn(instance, vera, { headers: proxied }));
  assert.match(String(response.headers['set-cookie']), /^__Host-paneldesk=/);
});

test('https in PUBLIC_URL decides about cookies, whatever a proxy forwards', async () => {
  const behindTls = await openInstance({ url: instance.url, env: { PUBLIC_URL: 'https://desk.example' } });
  after(() => behindTls.close());
  const said: Array<Record<string, string>> = [
    { host: '127.0.0.1:8080' },
    { host: 'localhost', 'x-forwarded-proto': 'http' },
    { host: 'desk.example', 'x-forwarded-proto': 'http', 'x-forwarded-for': '192.0.2.1' },
  ];
  for (const headers of said) {
    const response = await done(signIn(behindTls, vera, { headers }));
    assert.match(String(response.headers['set-cookie']), /^__Host-paneldesk=[\w-]{43}; /);
    for (const attributes of attributesOf(response)) assert.match(attributes, / Secure$/);
    const secret = cookieOf(response).replace('__Host-', '');
    const ask = (cookie: string) => behindTls.anonymous.get('/staff/me', { ...headers, cookie });
    await done(ask(`__Host-${secret}`));
    assertProblem(await ask(secret), 401, 'unauthorized');
    // Origin is compared with PUBLIC_URL as well: the proxy may have changed the Host.
    for (const [origin, status] of [
      ['https://desk.example', 200],
      ['http://desk.example', 403],
      [`http://${headers.host}`, 403],
    ] as const) {
      const cookie = `__Host-${secret}`;
      const view = { name: 'Mine', filter: {} };
      const written = await behindTls.anonymous.post('/staff/views', view, { ...headers, cookie, origin });
      assert.equal(written.status, status, origin);
    }
  }
});

test('metrics are local under the same rule as cookies without Secure', async () => {
  const read = (there: Instance, options: object = {}) =>
    there.anonymous.send({ method: 'GET', url: '/metrics', ...options });
  assert.equal((await read(instance)).status, 200);
  const refused = [
    ...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].map(
      (name) => ({ headers: { [name]: '127.0.0.1' } }),
    ),
    { headers: { host: 'desk.example' } },
    { remoteAddress: '192.0.2.1' },
  ];
  for (const options of refused) assertProblem(await read(instance, options), 403, 'forbidden');
  const behindTls = await openInstance({ url: instance.url, env: { PUBLIC_URL: 'https://desk.example' } });
  after(() => behindTls.close());
  assertProblem(await read(behindTls), 403, 'forbidden');
});

test('a cookie without the prefix is ignored where a neighbouring host could have set it', async () => {
  const cookie = cookieOf(await done(signIn(instance, vera)));
  await done(ask({ cookie }));
  assertProblem(await ask({ cookie, host: 'desk.example' }), 401, 'unauthorized');
  assertProblem(await ask({ cookie: `__Host-${cookie}` }), 401, 'unauthorized');
});

test('a session that has ended, is unknown, or is given by its hash gives no access', async () => {
  const headers = await browser(instance, vera);
  const [, secret = ''] = headers.cookie?.split('=') ?? [];
  const { body } = await done(signOut(headers));
  assert.ok(body.session_id > 0);
  assert.deepEqual(
    await instance.query('select from staff_sessions where session_id = $1', [body.session_id]),
    [],
  );
  const hash = createHash('sha256').update(secret).digest();
  for (const value of [
    secret,
    'A'.repeat(43),
    '',
    'null',
    hash.toString('hex'),
    hash.toString('base64url'),
  ]) {
    assertProblem(await ask({ cookie: `paneldesk=${value}` }), 401, 'unauthorized');
  }
});

test('signing out clears the cookie, also when its session has ended', async () => {
  const headers = await browser(instance, vera);
  for (const expected of [true, false]) {
    const response = await done(signOut(headers));
    assert.equal(response.body.session_id !== null, expected);
    assert.match(String(response.headers['set-cookie']), /^paneldesk=; .*Max-Age=0/);
  }
});

test('a session ends after 12 hours without use, and after 7 days in any case', async () => {
  for (const [column, late] of [
    ['last_used_at', '12 hours'],
    ['created_at', '7 days'],
  ]) {
    const headers = await browser(instance, vera);
    const [{ session_id } = { session_id: 0 }] = await instance.query<{ session_id: number }>(
      'select max(session_id) as session_id from staff_sessions',
    );
    const set = (ago: string) =>
      instance.query(`update staff_sessions set ${column} = now() - $1::interval where session_id = $2`, [
        ago,
        session_id,
      ]);
    await set(`${late} -1 minute`);
    await done(ask(headers));
    await set(`${late} 1 second`);
    assertProblem(await ask(headers), 401, 'unauthorized');
    await createTasks(instance)['people.sweep']?.({}, {} as never); // this job does not use its helpers
    assert.deepEqual(
      await instance.query('select from staff_sessions where session_id = $1', [session_id]),
      [],
    );
  }
});

test('the list of one’s sessions says when, from where and with what, and marks the current one', async () => {
  const member = await newMember(instance, admin);
  const from = { ip: '192.0.2.9', headers: { 'user-agent': 'Firefox/140' } };
  const first = cookieOf(await done(signIn(instance, member, from)));
  const second = { cookie: cookieOf(await done(signIn(instance, member))) };
  const { items } = (await done(ask(second, '/staff/me/sessions'))).body;
  assert.equal(items.length, 2);
  const other = items.find(({ is_current }: { is_current: boolean }) => !is_current);
  assert.deepEqual(Object.keys(other).sort(), [
    ...['created_at', 'ip', 'is_current', 'last_used_at', 'session_id', 'user_agent'],
  ]);
  assert.deepEqual([other.ip, other.user_agent], ['192.0.2.9', 'Firefox/140']);
  assert.equal(items.filter(({ is_current }: { is_current: boolean }) => is_current).length, 1);

  const end = () =>
    instance.anonymous.send({
      method: 'DELETE',
      url: `/staff/me/sessions/${other.session_id}`,
      headers: { ...second, 'sec-fetch-site': 'same-origin' },
    });
  assert.equal((await done(end())).body.session_id, other.session_id);
  assertProblem(await ask({ cookie: first }), 401, 'unauthorized');
  await done(ask(second));
  assertProblem(await end(), 404, 'session_not_found');
});

test('nobody can see or end another member’s session, not even an admin', async () => {
  const mine = await instance.signedIn();
  for (const teamMember of [await instance.signedIn(), admin]) {
    await storingNothing(instance, async () => {
      assertProblem(
        await teamMember.delete(`/staff/me/sessions/${mine.sessionId}`),
        404,
        'session_not_found',
      );
    });
    const { items } = (await done(teamMember.get('/staff/me/sessions'))).body;
    assert.ok(items.every(({ session_id }: { session_id: number }) => session_id !== mine.sessionId));
  }
  await done(mine.get('/staff/me'));
});

test('a write from a browser on a foreign page is refused', async () => {
  const { cookie = '' } = await browser(instance, vera);
  await storingNothing(instance, async () => {
    const foreign: Array<Record<string, string>> = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'http://localhost:81' },
      { origin: 'null' },
      { origin: '' },
    ];
    for (const headers of foreign) {
      assertProblem(await write({ cookie, ...headers }), 403, 'cross_site');
      assertProblem(await signOut({ cookie, ...headers }), 403, 'cross_site');
      assertProblem(await signIn(instance, vera, { headers }), 403, 'cross_site');
    }
  });
  const own: Array<Record<string, string>> = [
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'http://localhost:8080', host: 'localhost:8080' },
    {},
  ];
  for (const headers of own) await done(write({ cookie, ...headers }));
  await done(ask({ cookie, 'sec-fetch-site': 'cross-site' })); // a link to Paneldesk, followed from a mail
});

test('a token decides alone: a session neither replaces an invalid one nor limits a valid one', async () => {
  const headers = await browser(instance, vera);
  const acme = await instance.client('acme');
  assert.equal((await done(ask({ ...headers, 'x-token': admin.token }))).body.role, 'admin');
  await done(ask({ ...headers, 'x-token': acme.token }, '/support/tickets'));
  assertProblem(await ask({ ...headers, 'x-token': 'pdk_wrong' }), 401, 'unauthorized');
  assertProblem(await ask({ ...headers, 'x-token': '' }), 401, 'unauthorized');
  await done(write({ cookie: headers.cookie ?? '', 'sec-fetch-site': 'cross-site', 'x-token': admin.token }));
});

test('ending a session or disabling its member closes its streams within 5 seconds, and no others', async () => {
  const [ended, disabled, staying] = [
    await instance.signedIn(),
    await instance.signedIn(),
    await instance.signedIn(),
  ];
  const stream = (caller: { headers: Record<string, string> }) =>
    openReader(`${url}/staff/events`, undefined, caller.headers);
  const readers = [await stream(ended), await stream(disabled)];
  const third = await stream(staying);
  for (const { status } of [...readers, third]) assert.equal(status, 200);
  const started = performance.now();
  await done(ended.delete(`/staff/me/sessions/${ended.sessionId}`));
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: false }));
  assertProblem(await disabled.get('/staff/me'), 401, 'unauthorized');
  await Promise.all(readers.map((reader) => reader.ended));
  assert.ok(performance.now() - started < 5000);
  assert.equal(third.isEnded, false);
  third.close();
});

test('a member who is disabled and enabled again must sign in again', async () => {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  await done(admin.patch(`/staff/members/${member.staffId}`, { is_enabled: false }));
  assertProblem(await ask(headers), 401, 'unauthorized');
  await done(admin.patch(`/staff/members/${member.staffId}`, { is_enabled: true }));
  assertProblem(await ask(headers), 401, 'unauthorized');
  await done(ask(await browser(instance, member)));
});

test('the secret of a session is in no table and in no log', async () => {
  const { cookie = '' } = await browser(instance, vera);
  const secret = cookie.split('=')[1] ?? '';
  const rows = await instance.query<{ row: string }>(
    'select staff_sessions::text as row from staff_sessions union all select events::text from events',
  );
  assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes(secret)));
  assert.ok(instance.log.every((line) => !line.includes(secret)));
});

test('of two requests that end one session at once, one does it and one event is recorded', async () => {
  const headers = await browser(instance, vera);
  const { body } = await done(instance.anonymous.get('/staff/me/sessions', headers));
  const { session_id } = body.items.find(({ is_current }: { is_current: boolean }) => is_current);
  const responses = await Promise.all(Array.from({ length: 4 }, () => signOut(headers)));
  const ended = responses.map((response) => response.body.session_id).filter((id) => id !== null);
  assert.deepEqual(ended, [session_id]);
  const events = await instance.query(
    "select from events where type = 'session.ended' and (data ->> 'session_id')::bigint = $1",
    [session_id],
  );
  assert.equal(events.length, 1);
});
