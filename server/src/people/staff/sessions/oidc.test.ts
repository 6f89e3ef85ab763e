import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { client, newBrowser, startProvider } from '#test/provider.ts';
import { storingNothing } from '#test/refusals.ts';
import { browser, invited, newMember, withSecondFactor } from '#test/sign-in.ts';
import { listen } from '#test/sse.ts';
import { done } from '#test/tickets.ts';

const provider = await startProvider();
const instance = await openInstance({
  env: {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.client_id,
    OIDC_CLIENT_SECRET: client.client_secret,
  },
});
after(async () => {
  await instance.close();
  await provider.stop();
});
const url = await listen(instance);
const begin = `${url}/staff/session/oidc`;
provider.serve(`${begin}/callback`);
const admin = await instance.staff('admin');

let people = 0;

/** A person with this address in a new browser. */
function sitDown(email: string, { isVerified = true, subject = `person ${++people}` } = {}) {
  provider.people[subject] = { email, email_verified: isVerified };
  provider.subject = subject;
  return { subject, ...newBrowser() };
}

const isBack = (next: string) => next.startsWith(`${begin}/callback`);
const isIn = (next: string) => next === `${url}/console`;

/** The refusal at the end of the flow. */
async function refusal(person: ReturnType<typeof newBrowser>) {
  const { last } = await person.follow(begin, isIn);
  return { status: last.status, code: ((await last.json()) as { code: string }).code };
}

const me = async (person: ReturnType<typeof newBrowser>) => {
  const response = await person.get(`${url}/staff/me`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const refused = { status: 400, code: 'sign_in_refused' };
const stranger = { status: 403, code: 'not_a_member' };

test('a sign-in page is told that there is a provider', async () => {
  assert.deepEqual((await done(instance.anonymous.get('/staff/session/methods'))).body, { oidc: true });
});

test('a member known to the provider is signed in without a password, and linked', async () => {
  const { email, staffId } = await invited(admin);
  const person = sitDown(email.toUpperCase());
  const { last } = await person.follow(begin, isIn);
  assert.equal(last.status, 302);
  assert.deepEqual(
    [...person.cookies(url).keys()],
    ['paneldesk'],
    'the ticket is gone, the session is there',
  );
  const { body } = await me(person);
  assert.deepEqual([body.staff_id, body.has_password], [staffId, false]);
  const [linked] = await instance.query(
    'select oidc_issuer, oidc_subject from credentials where staff_id = $1',
    [staffId],
  );
  assert.deepEqual(linked, { oidc_issuer: provider.issuer, oidc_subject: person.subject });
  const events = await instance.query<{ type: string; data: Record<string, unknown> }>(
    'select type, data from events order by id desc limit 2',
  );
  assert.deepEqual(
    events.map(({ type }) => type),
    ['session.opened', 'staff.linked'],
  );
  assert.deepEqual([events[0]?.data.by, events[0]?.data.second_factor], ['oidc', 'provider']);
});

test('the authorization request has PKCE, a state and a nonce, unique to each, and keeps its secret in a short-lived cookie', async () => {
  const first = await fetch(begin, { redirect: 'manual' });
  const second = await fetch(begin, { redirect: 'manual' });
  const [one, two] = [first, second].map(
    ({ headers }) => new URL(headers.get('location') ?? '').searchParams,
  );
  assert.equal(one?.get('code_challenge_method'), 'S256');
  assert.equal(one?.get('redirect_uri'), `${begin}/callback`);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    assert.match(one?.get(name) ?? '', /^[\w-]{43}$/);
    assert.notEqual(one?.get(name), two?.get(name));
  }
  const cookie = first.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^paneldesk-oidc=\d+\.[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.ok(!cookie.includes(one?.get('state') ?? ''));
});

test('the provider creates no members: unknown, unverified and disabled people are refused', async () => {
  const members = () => instance.query('select staff_id, email from staff order by 1');
  const before = await members();
  const unverified = await newMember(instance, admin);
  const disabled = await newMember(instance, admin);
  const expected = [...before, unverified, disabled].length;
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: false }));
  for (const person of [
    () => sitDown('nobody@host.example'),
    () => sitDown(unverified.email, { isVerified: false }),
    () => sitDown(disabled.email),
  ]) {
    const here = person();
    assert.deepEqual(await refusal(here), stranger);
    assert.equal((await me(here)).status, 401);
  }
  assert.equal((await members()).length, expected);
  const [event] = await instance.query<{ type: string; data: object }>(
    'select type, data from events order by id desc limit 1',
  );
  assert.equal(event?.type, 'session.refused');
  assert.deepEqual(Object.keys(event?.data ?? {}).sort(), ['ip', 'wrong']);
});

test('once linked, the subject decides: a new address changes nothing, and an old one gives no access', async () => {
  const member = await newMember(instance, admin);
  const other = await newMember(instance, admin);
  const { subject, follow } = sitDown(member.email);
  await follow(begin, isIn);
  const moved = sitDown(other.email, { subject });
  await moved.follow(begin, isIn);
  assert.equal((await me(moved)).body.staff_id, member.staffId);
  assert.deepEqual(await refusal(sitDown(member.email)), stranger, 'another person got the old address');
  await done(admin.patch(`/staff/members/${member.staffId}`, { is_enabled: false }));
  assert.deepEqual(await refusal(sitDown(other.email, { subject })), stranger);
});

test('the provider’s second factor replaces ours', async () => {
  const member = await newMember(instance, admin);
  await withSecondFactor(instance, await browser(instance, member));
  const person = sitDown(member.email);
  await person.follow(begin, isIn);
  assert.equal((await me(person)).body.staff_id, member.staffId);
});

test('a callback without the secret of its flow, with another’s, late, or used before is refused', async () => {
  const member = await newMember(instance, admin);
  const person = sitDown(member.email);
  const { url: back } = await person.follow(begin, isBack);
  const ticket = person.cookies(url).get('paneldesk-oidc') ?? '';
  const arrive = async (at: string, cookie = '') => {
    const headers = { cookie: `paneldesk-oidc=${cookie}` };
    const response = await fetch(at, { redirect: 'manual', headers });
    const { code } = response.status === 302 ? { code: 'in' } : ((await response.json()) as { code: string });
    return { status: response.status, code };
  };
  const victim = newBrowser();
  const sent = await victim.get(begin);
  const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const victims = victim.cookies(url).get('paneldesk-oidc') ?? '';
  const [until = '', secret] = ticket.split('.');
  await storingNothing(instance, async () => {
    assert.deepEqual(await arrive(back), refused, 'without a ticket');
    assert.deepEqual(
      await arrive(back, victims),
      refused,
      'with another’s: a link that signs one in as the sender',
    );
    assert.deepEqual(await arrive(back, `${Number(until) + 600}.${secret}`), refused, 'with its end moved');
    assert.deepEqual(await arrive(`${back}&iss=https%3A%2F%2Fevil.example`, ticket), refused);
    assert.deepEqual(await arrive(back.replace(/code=[^&]+/, 'code=guessed'), ticket), refused);
    assert.deepEqual(await arrive(`${begin}/callback`, ticket), refused);
  });
  assert.deepEqual(await arrive(back, ticket), { status: 302, code: 'in' });
  assert.deepEqual(await arrive(back, ticket), refused, 'a code works once');

  const injected = new URL((await sitDown(member.email, person).follow(begin, isBack)).url);
  injected.searchParams.set('state', state);
  assert.deepEqual(
    await arrive(injected.href, victims),
    refused,
    'with a code that another browser was given',
  );
});

test('a flow expires after ten minutes', async (t) => {
  const person = sitDown((await newMember(instance, admin)).email);
  const { url: back } = await person.follow(begin, isBack);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 });
  const late = await person.get(back);
  t.mock.timers.reset();
  assert.equal(late.status, 400);
});

test('a refusal by the provider is a refusal here', async () => {
  const person = sitDown('nobody@host.example');
  provider.subject = undefined;
  await storingNothing(instance, async () => assert.deepEqual(await refusal(person), refused));
});

test('a person who is refused comes to the sign-in page with the code, and with nothing that the provider said', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const arrive = async (path: string, cookie = '') => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', headers: { accept, cookie } });
    return [response.status, response.headers.get('location')];
  };
  const said = 'error=access_denied&error_description=%3Cscript%3E';
  assert.deepEqual(await arrive(`/staff/session/oidc/callback?${said}`), [
    302,
    '/console#refused=sign_in_refused',
  ]);
  const person = sitDown('nobody@host.example');
  const { url: back } = await person.follow(begin, isBack);
  const ticket = `paneldesk-oidc=${person.cookies(url).get('paneldesk-oidc')}`;
  assert.deepEqual(await arrive(back.slice(url.length), ticket), [302, '/console#refused=not_a_member']);
  await provider.stop();
  const late = await openInstance({
    url: instance.url,
    env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'paneldesk', OIDC_CLIENT_SECRET: 'x' },
  });
  const { status, headers } = await late.anonymous.get('/staff/session/oidc', { accept });
  assert.deepEqual([status, headers.location], [302, '/console#refused=provider_unavailable']);
  await late.close();
  await provider.resume();
});

test('a provider that does not respond is a 503, and the next sign-in tries again', async () => {
  const late = await openInstance({
    url: instance.url,
    env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'paneldesk', OIDC_CLIENT_SECRET: 'x' },
  });
  await provider.stop();
  const response = await late.anonymous.get('/staff/session/oidc');
  assert.deepEqual([response.status, response.body.code], [503, 'provider_unavailable']);
  await provider.resume();
  assert.equal((await late.anonymous.get('/staff/session/oidc')).status, 302);
  await late.close();
});

test('neither codes nor secrets of flows are logged', () => {
  assert.deepEqual(
    instance.log.filter((line) => /code=|paneldesk-oidc|secret between/.test(line)),
    [],
  );
});
