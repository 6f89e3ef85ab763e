/** Tickets visible to one project only, and the other fields of later revisions of the given API. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { type Caller, caller, type Response } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { guestAt, newPerson } from '#test/guests.ts';
import { goodClaims, newHost, sign } from '#test/host.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen, openReader, type Reader } from '#test/sse.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent, admin] = [
  await instance.client('acme'),
  await instance.staff(),
  await instance.staff('admin'),
];
const [ALPHA, BETA] = ['a21952ea620440838fb8a628d308e77a', 'b2'];
const guest = (...projects: string[]) => guestAt(instance, 'acme', { ...newPerson(), projects });
const insider = await guest(ALPHA, BETA);
const outsiders = { 'of another project': await guest(BETA), 'of no project': await guest() };

const forAlpha = { access_level: 'project_users', keystone_projects: [ALPHA] };
const wide = await ticketIn('replied', acme, agent, { summary: 'Wombat wide' });
await ticketIn('open', acme, agent, {
  summary: 'Wombat all',
  access_level: 'all_users',
  keystone_projects: [ALPHA],
});
const { number } = await ticketIn('open', acme, agent, { summary: 'Wombat hidden', ...forAlpha });
const upload = (await done(agent.upload('secret.txt', 'Wombat'))).body.uuid;
const reply = { body: 'The wombat reply', files: [upload] };
const { id: replyId } = (await done(agent.post(`/staff/tickets/${number}/comments`, reply))).body;
await done(agent.post(`/staff/tickets/${number}/resolve`));

/** Every client request that names the ticket, its reply or its file. */
const requests = (ticket: number | string, comment: number | string, file: string) =>
  [
    ['GET', `/support/tickets/${ticket}`],
    ['PATCH', `/support/tickets/${ticket}`, { client_aliased_name: 'Mallory' }],
    ['PUT', `/support/tickets/${ticket}`, { client_emails: [] }],
    ['GET', `/support/tickets/${ticket}/comments`],
    ['POST', `/support/tickets/${ticket}/comments`, { body: 'Hello' }],
    ['POST', `/support/tickets/${ticket}/read`],
    ['POST', `/support/tickets/${ticket}/vote`, { score: 1 }],
    ['POST', `/support/tickets/${ticket}/close`],
    ['POST', `/support/tickets/${ticket}/reopen`, { body: 'Again' }],
    ['GET', `/support/comments/${comment}`],
    ['POST', `/support/comments/${comment}/vote`, { score: -1 }],
    ['GET', `/files/public/files/${file}`],
    ['GET', `/files/public/files/${file}/content`],
  ] as const;

const seen = ({ status, body, headers }: Response) => {
  const { date: _date, ...rest } = headers;
  return {
    status,
    body: { ...body, request_id: '' },
    headers: { ...rest, 'x-request-id': '', 'content-length': '' },
  };
};
const ask = (who: Caller, [method, url, body]: ReturnType<typeof requests>[number]) => {
  const json = body && { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return who.send({ method, url, ...json });
};
const list = async (who: Caller, query = '') => (await done(who.get(`/support/tickets?${query}`))).body;

test('a contact without the project gets a 404 for the ticket, its comments and its files', async () => {
  const absent = requests(999_999_999, 999_999_999, randomUUID());
  await storingNothing(instance, async () => {
    for (const [what, who] of Object.entries(outsiders)) {
      for (const [i, request] of requests(number, replyId, upload).entries()) {
        const response = await ask(who, request);
        assert.equal(response.status, 404, `${request} for somebody ${what}: ${response.text}`);
        const missing = absent[i];
        if (missing) assert.deepEqual(seen(response), seen(await ask(who, missing)), `${request} ${what}`);
      }
    }
  });
});

test('only the project’s contacts and the account’s tokens have the ticket in lists, counts and searches', async () => {
  for (const query of [
    '',
    'q=wombat',
    'status_key=new,await_client,resolved',
    'only_opened=true',
    'q=wombat&only_opened=1',
    'sort=created&items_per_page=1',
  ]) {
    for (let i = 0; i < 2; i++) {
      for (const who of [acme, insider]) assert.equal((await list(who, query)).item_count, 3, query);
      for (const who of Object.values(outsiders)) {
        const page = await list(who, query);
        assert.equal(page.item_count, 2, query);
        assert.doesNotMatch(JSON.stringify(page), /hidden/, query);
      }
    }
  }
  for (const q of [String(number), 'hidden', 'reply']) {
    assert.equal((await list(insider, `q=${q}`)).item_count, 1, q);
    for (const who of Object.values(outsiders)) assert.equal((await list(who, `q=${q}`)).item_count, 0, q);
  }
  const last = await list(outsiders['of no project'], 'items_per_page=1&page=2');
  assert.deepEqual([last.page_count, last.after], [2, null]);
});

test('a cached count is not shared between contacts, and follows the projects of the next sign-in', async () => {
  const person = { ...newPerson(), projects: [ALPHA] };
  const first = await guestAt(instance, 'acme', person);
  assert.equal((await list(first, 'q=wombat')).item_count, 3);
  const again = await guestAt(instance, 'acme', { ...person, projects: [] });
  for (const who of [first, again]) {
    assert.equal((await list(who, 'q=wombat')).item_count, 2);
    assertProblem(await who.get(`/support/tickets/${number}`), 404, 'ticket_not_found');
  }
});

test('a stream sends nothing about a ticket its reader cannot see, also when that changes while it is open', async () => {
  const home = await listen(instance);
  const outsider = outsiders['of another project'];
  const [there, here] = [
    await openReader(`${home}/support/events`, outsider.token),
    await openReader(`${home}/support/events`, insider.token),
  ];
  const say = (on: number, body: string) => done(agent.post(`/staff/tickets/${on}/comments`, { body }));
  const hears = (reader: Reader, words: string) => eventually(() => reader.text.includes(words));
  await say(number, 'Told to insiders');
  await say(wide.number, 'Told to all');
  await hears(there, 'Told to all');
  await hears(here, 'Told to all');
  assert.match(here.text, /Told to insiders/);
  assert.doesNotMatch(there.text, /Told to insiders|Wombat hidden/);
  await done(agent.patch(`/staff/tickets/${wide.number}`, forAlpha));
  await say(wide.number, 'Told after');
  await hears(here, 'Told after');
  const other = await ticketIn('open', acme, agent, { summary: 'Another' });
  await hears(there, 'Another');
  assert.doesNotMatch(there.text, /Told after/);
  await done(agent.patch(`/staff/tickets/${wide.number}`, { access_level: 'account_users' }));
  await done(agent.post(`/staff/tickets/${other.number}/close`));
  there.close();
  here.close();
});

test('nobody can create a ticket that they could not see, or one without a project', async () => {
  const ticket = { summary: 'a', comment_body: 'b' };
  await storingNothing(instance, async () => {
    for (const who of Object.values(outsiders)) {
      assertProblem(await who.post('/support/tickets', { ...ticket, ...forAlpha }), 400, 'unknown_project');
      assertProblem(await who.patch(`/support/tickets/${wide.number}`, forAlpha), 400, 'unknown_project');
    }
    for (const who of [acme, insider]) {
      const response = await who.post('/support/tickets', { ...ticket, access_level: 'project_users' });
      assertProblem(response, 400, 'project_required');
      assert.equal(response.body.errors[0].pointer, '/keystone_projects');
    }
    for (const keystone_projects of [[], [ALPHA, BETA], [''], ALPHA, [7]])
      assertProblem(
        await acme.post('/support/tickets', { ...ticket, keystone_projects }),
        400,
        'invalid_request',
      );
    for (const access_level of ['users', null, ''])
      assertProblem(await acme.post('/support/tickets', { ...ticket, access_level }), 400, 'invalid_request');
    for (const notice_id of ['', 1.5, -1, [], null])
      assertProblem(await acme.post('/support/tickets', { ...ticket, notice_id }), 400, 'invalid_request');
  });
  const mine = (await done(insider.post('/support/tickets', { ...ticket, ...forAlpha }))).body;
  assert.deepEqual([mine.access_level, mine.keystone_projects], ['project_users', [ALPHA]]);
  await done(insider.patch(`/support/tickets/${mine.number}`, { access_level: 'all_users' }));
  await done(outsiders['of no project'].get(`/support/tickets/${mine.number}`));
});

test('the fields are returned as sent, and both sides can filter by them', async () => {
  const other = await instance.client('other');
  const open = async (more: object) => (await ticketIn('open', other, agent, more)).number;
  const numbered = await open({ notice_id: 42, keystone_projects: [BETA] });
  const named = await open({ notice_id: 'n-1,2', access_level: 'all_users' });
  const plain = await open({});
  const fields = async (of: number) => {
    const { access_level, keystone_projects, notice_id } = (await other.get(`/support/tickets/${of}`)).body;
    return [access_level, keystone_projects, notice_id];
  };
  assert.deepEqual(await fields(numbered), ['account_users', [BETA], 42]);
  assert.deepEqual(await fields(named), ['all_users', [], 'n-1,2']);
  assert.deepEqual(await fields(plain), ['account_users', [], null]);
  const filters: Record<string, number[]> = {
    'access_level=all_users': [named],
    'access_level=account_users,all_users': [numbered, named, plain],
    [`keystone_projects=x,${BETA}`]: [numbered],
    'notice_id=42': [numbered],
    'notice_id=7,42': [numbered],
    'notice_id=n-1,2': [named],
  };
  for (const [query, wanted] of Object.entries(filters)) {
    for (const page of [
      (await done(other.get(`/support/tickets?sort=created&${query}`))).body,
      (await done(agent.get(`/staff/tickets?sort=created&account_id=${other.accountId}&${query}`))).body,
    ]) {
      assert.deepEqual(
        page.items.map((item: { number: number }) => item.number),
        wanted,
        query,
      );
    }
  }
});

test('a ticket split off a hidden one is hidden, and cannot be merged into one that others see', async () => {
  const comment_ids = [replyId];
  const part = (await done(agent.post(`/staff/tickets/${number}/split`, { comment_ids, summary: 'Part' })))
    .body;
  assert.deepEqual([part.access_level, part.keystone_projects], ['project_users', [ALPHA]]);
  assertProblem(await outsiders['of no project'].get(`/support/tickets/${part.number}`), 404);
  await storingNothing(instance, async () => {
    const response = await agent.post(`/staff/tickets/${part.number}/merge`, { into: wide.number });
    assertProblem(response, 409, 'access_levels_differ');
  });
  await done(agent.patch(`/staff/tickets/${part.number}`, { access_level: 'account_users' }));
  assertProblem(await agent.post(`/staff/tickets/${part.number}/unsplit`), 409, 'access_levels_differ');
  await done(agent.patch(`/staff/tickets/${part.number}`, forAlpha));
  await done(agent.post(`/staff/tickets/${part.number}/unsplit`));
});

test('an Idempotency-Key of one contact does not replay for another', async () => {
  const headers = { 'idempotency-key': 'shared-key' };
  const ticket = { summary: 'Once', comment_body: 'b', ...forAlpha };
  await done(insider.post('/support/tickets', ticket, headers));
  const replayed = await insider.post('/support/tickets', ticket, headers);
  assert.equal(replayed.headers['idempotency-replayed'], 'true');
  const response = await outsiders['of no project'].post('/support/tickets', ticket, headers);
  assertProblem(response, 422, 'idempotency_key_reused');
});

test('a signed token carries projects, too', async () => {
  const host = await newHost(admin, 'EdDSA');
  const user = { id: 'signed', name: 'Signed', projects: [ALPHA] };
  const { body } = await done(
    instance.anonymous.post('/support/session', { token: await sign(host, { ...goodClaims(), user }) }),
  );
  assert.deepEqual(body.user.projects, [ALPHA]);
  const signed = caller(instance.app, { token: body.token }, acme.accountId);
  await done(signed.get(`/support/tickets/${number}`));
  for (const projects of [[1], ALPHA, ['a\0b'], ['']]) {
    const bad = await sign(host, { ...goodClaims(), user: { ...user, projects } });
    assertProblem(await instance.anonymous.post('/support/session', { token: bad }), 401, 'unauthorized');
  }
});
