/** The start page, and signing in as somebody of the demo. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { InjectOptions } from 'fastify';
import { makeDemo } from '#demo/demo.ts';
import { createDatabase, openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { type Credentials, credentialsPath } from './demo-credentials.ts';

const instance = await openInstance({ url: await createDatabase() });
after(() => instance.close());
await makeDemo(instance.database, instance.files, instance.folder);
const file = credentialsPath(instance.folder);
const demo: Credentials = JSON.parse(readFileSync(file, 'utf8'));
const [member] = demo.staff;
const [account] = demo.accounts;
const contact = account?.contacts[0];
assert.ok(member && account && contact);

const start = (headers: Record<string, string> = {}) => instance.anonymous.get('/', headers);
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

/** The fields of the form. */
type Who = Record<string, string>;

interface Sent extends Pick<InjectOptions, 'remoteAddress'> {
  headers?: Record<string, string>;
  there?: typeof instance;
}

function signInAs(who: Who, { headers, there = instance, ...from }: Sent = {}) {
  const payload = new URLSearchParams(who).toString();
  const options = {
    method: 'POST',
    url: '/demo/sign-in',
    headers: { ...form, ...headers },
    payload,
    ...from,
  } as const;
  return there.anonymous.send(options);
}

const both: Who[] = [{ staff: member.email }, { contact: contact.id }];
const unknown: Who[] = [{ staff: 'nobody@northbay.example' }, { contact: '1' }];
const malformed: Who[] = [{}, { staff: member.email, contact: contact.id }, { other: '1' }];

/** What makes a request one from elsewhere. */
const elsewhere: Record<string, Sent> = {
  'another machine': { remoteAddress: '192.0.2.7' },
  'another machine in IPv6': { remoteAddress: '2001:db8::7' },
  'through a proxy on this machine': { headers: { 'x-forwarded-for': '127.0.0.1' } },
  'through a proxy that says so in its own way': { headers: { via: '1.1 proxy' } },
  'by a name of the network': { headers: { host: 'desk.example' } },
  'by a name that only begins like this machine’s': { headers: { host: 'localhost.example' } },
};

test('the start page leads to the faces and to the reference, in the language of the browser', async () => {
  const { status, text, headers } = await start();
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^text\/html/);
  assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  assert.doesNotMatch(text, /<script| style=| on\w+=/);
  for (const [, path = ''] of text.matchAll(/href="(\w[^":]*)"/g))
    assert.ok((await instance.anonymous.get(`/${path}`)).status < 400, path);
  for (const path of ['console', 'portal', 'docs']) assert.ok(text.includes(`href="${path}"`), path);
  const russian = await start({ 'accept-language': 'de, ru-RU;q=0.9, en;q=0.8' });
  assert.match(russian.text, /<html lang="ru">[\s\S]*Консоль/);
  for (const language of ['en-GB,ru;q=0.5', 'de', '*', 'ru;q=0', 'x'.repeat(5000)])
    assert.match(
      (await start({ 'accept-language': language })).text,
      /<html lang="en">/,
      language.slice(0, 20),
    );
});

test('on this machine it shows the people of the demo, and no key or password', async () => {
  const { text } = await start();
  const people = [...demo.staff, ...demo.accounts.flatMap(({ contacts }) => contacts)];
  assert.ok(people.length > 20);
  for (const { name } of people) assert.ok(text.includes(`Sign in as ${name}<`), name);
  for (const secret of [...demo.staff, ...demo.accounts, ...demo.services].map(({ token }) => token))
    assert.ok(!text.includes(secret));
  for (const { password } of demo.staff) assert.ok(!text.includes(password));
  for (const [what, { headers, remoteAddress }] of Object.entries(elsewhere)) {
    const there = await instance.anonymous.send({ url: '/', headers, remoteAddress });
    assert.equal(there.status, 200);
    assert.doesNotMatch(there.text, /<form|Sign in/, what);
  }
});

test('a team member is signed in as by their password, and the console opens', async () => {
  const { status, headers } = await signInAs({ staff: member.email });
  assert.deepEqual([status, headers.location, headers['cache-control']], [303, '/console', 'no-store']);
  const cookies = [headers['set-cookie']].flat().map((cookie) => String(cookie).split(';')[0]);
  assert.deepEqual(
    cookies.map((cookie) => cookie?.split('=')[0]),
    ['paneldesk', 'paneldesk-device'],
  );
  const me = await instance.anonymous.get('/staff/me/sessions', { cookie: cookies[0] ?? '' });
  assert.equal(me.status, 200);
  const [event] = await instance.query<{ data: Record<string, unknown> }>(
    `select data from events where type = 'session.opened' order by id desc limit 1`,
  );
  assert.equal(event?.data.by, 'password');
});

test('a contact gets a sign-in link of the panel, which opens the portal', async () => {
  const { status, headers } = await signInAs({ contact: contact.id });
  assert.equal(status, 303);
  const [page, code] = String(headers.location).split('#');
  assert.equal(page, '/support/session');
  const { body } = await instance.anonymous.post('/support/session', { code });
  assert.deepEqual([body.user.name, body.account.name], [contact.name, account.name]);
  assert.equal(body.user.locale, account.locale);
});

test('for everybody elsewhere there is no such page', () =>
  storingNothing(instance, async () => {
    for (const [what, from] of Object.entries(elsewhere)) {
      for (const who of both) assertProblem(await signInAs(who, from), 404, 'page_not_found', what);
    }
    assertProblem(await instance.anonymous.get('/demo/sign-in'), 405, 'method_not_allowed');
  }));

test('there is none with https in PUBLIC_URL, and none without demo data', async () => {
  const published = await openInstance({ url: instance.url, env: { PUBLIC_URL: 'https://desk.example' } });
  const bare = await openInstance();
  writeFileSync(credentialsPath(published.folder), JSON.stringify(demo));
  for (const there of [published, bare]) {
    assertProblem(await signInAs({ staff: member.email }, { there }), 404, 'page_not_found');
    assert.doesNotMatch((await there.anonymous.get('/')).text, /<form/);
    await there.close();
  }
});

test('a foreign page cannot sign the browser in', () =>
  storingNothing(instance, async () => {
    for (const site of ['cross-site', 'same-site'])
      assertProblem(
        await signInAs({ staff: member.email }, { headers: { 'sec-fetch-site': site } }),
        403,
        'cross_site',
      );
    const old = { ...form, origin: 'https://elsewhere.example' } as Record<string, string>;
    delete old['sec-fetch-site'];
    const payload = `staff=${member.email}`;
    const sent = await instance.anonymous.send({
      method: 'POST',
      url: '/demo/sign-in',
      headers: old,
      payload,
    });
    assertProblem(sent, 403, 'cross_site');
  }));

test('nobody else is signed in, and only a form is read', () =>
  storingNothing(instance, async () => {
    for (const who of unknown) assertProblem(await signInAs(who), 404, 'page_not_found');
    for (const who of malformed) assertProblem(await signInAs(who), 400, 'invalid_request');
    assertProblem(await signInAs({ staff: 'x'.repeat(2000) }), 413);
    const json = await instance.anonymous.post('/demo/sign-in', { staff: member.email });
    assert.equal(json.status, 415);
  }));

test('who has changed their password, or works for a panel whose key is disabled, gets a page that says so', async () => {
  const changed = { ...demo, staff: [{ ...member, password: 'an-old-one' }] };
  writeFileSync(file, JSON.stringify(changed));
  const staff = await signInAs({ staff: member.email }, { headers: { 'accept-language': 'ru' } });
  assert.equal(staff.status, 401);
  assert.match(staff.text, /Войти так больше нельзя/);
  assert.equal(staff.headers['set-cookie'], undefined);
  writeFileSync(file, JSON.stringify({ ...demo, services: [{ name: 'gone', token: 'pdk_gone' }] }));
  assert.equal((await signInAs({ contact: contact.id })).status, 401);
  const { services, ...older } = demo;
  assert.ok(services.length > 0);
  writeFileSync(file, JSON.stringify(older));
  assertProblem(
    await signInAs({ staff: member.email }),
    404,
    'page_not_found',
    'demo data of an earlier version',
  );
  rmSync(file);
  assertProblem(await signInAs({ staff: member.email }), 404, 'page_not_found');
});
