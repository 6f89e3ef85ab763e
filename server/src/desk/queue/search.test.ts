/** The queue's `q` for more than words of tickets: accounts, contacts, and ids of the host. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const acme = await instance.client('u-1001/eu', { name: 'Рога и копыта' });
const globex = await instance.client('globex', { name: 'Globex Hosting' });
const { number: disk } = await ticketIn('open', acme, agent, { summary: 'Disk' });
const { number: mail } = await ticketIn('open', acme, agent, { summary: 'Mail' });
const { number: other } = await ticketIn('open', globex, agent, { summary: 'Disk of another' });

const find = async (q: string): Promise<number[]> =>
  (await done(agent.get(`/staff/tickets?sort=created&q=${encodeURIComponent(q)}`))).body.items.map(
    ({ number }: { number: number }) => number,
  );
const accounts = async (q: string, more = ''): Promise<string[]> =>
  (await done(agent.get(`/staff/accounts?q=${encodeURIComponent(q)}${more}`))).body.items.map(
    ({ external_id }: { external_id: string }) => external_id,
  );

test('tickets are found by the name, address and external id of their account', async () => {
  for (const q of ['копыто', 'РОГА и копыта', 'u-1001', 'u-1001/eu', 'u-1001/eu@clients', '1001']) {
    assert.deepEqual(await find(q), [disk, mail], q);
  }
  assert.deepEqual(await find('globex disk'), [other], 'one word of the account, the other of the ticket');
  assert.deepEqual(await find('disk рога'), [disk]);
  assert.deepEqual(await find('globex mail'), []);
  assert.equal((await done(agent.get('/staff/counts/tickets?q=globex'))).body.count, 1);
  assert.deepEqual(await find('globex " disk'), [], 'what is in quotes is looked for in tickets alone');
});

test('the id of an account is no word of its tickets', async () => {
  for (const q of [`${globex.accountId}`, `${globex.accountId}:`, `:${globex.accountId}:disk`])
    assert.deepEqual(await find(q), [], q);
});

test('a renamed account is found by its new name at once, however large it is', async () => {
  const url = '/staff/accounts/by-external-id/globex';
  await done(admin.put(url, { name: 'Initech', email: 'office@initech.example' }));
  assert.deepEqual(await find('initech.example'), [other]);
  assert.deepEqual(await find('Hosting'), []);
  assert.deepEqual(await accounts('initech'), ['globex']);
  assert.deepEqual(await accounts('hosting'), []);
});

test('tickets are found by the contact who wrote in them, under their current name', async () => {
  const maria = { id: 'm/1', name: 'Мария Кюри', email: 'maria@lab.example' };
  const guest = await guestAt(instance, 'u-1001/eu', maria);
  await done(guest.post(`/support/tickets/${mail}/comments`, { body: 'From me' }));
  for (const q of ['кюри', 'maria@lab.example', 'lab.example', 'Мария mail']) {
    assert.deepEqual(await find(q), [mail], q);
  }
  assert.deepEqual(await accounts('кюри'), ['u-1001/eu']);
  await guestAt(instance, 'u-1001/eu', { ...maria, name: 'Мария Склодовская' });
  assert.deepEqual([await find('кюри'), await find('склодовская')], [[], [mail]]);
});

test('tickets are found by the addresses to notify and the names of attachments', async () => {
  const upload = (await done(globex.upload('traceroute-msk.txt', 'Some hops'))).body.uuid;
  const more = { client_emails: ['night-shift@duty.example'] };
  const { number } = await ticketIn('open', globex, agent, { summary: 'Loss', files: [upload], ...more });
  const notes = (await done(agent.upload('internal-diagram.txt', 'Boxes'))).body.uuid;
  await done(
    agent.post(`/staff/tickets/${number}/comments`, { body: 'See', internal: true, files: [notes] }),
  );
  for (const q of ['traceroute', 'msk.txt', 'night-shift', 'duty.example', 'internal-diagram']) {
    assert.deepEqual(await find(q), [number], q);
  }
  await done(globex.patch(`/support/tickets/${number}`, { client_emails: ['day@duty.example'] }));
  assert.deepEqual([await find('night-shift'), await find('day@duty.example')], [[], [number]]);
  assert.deepEqual(await find('msk.txt'), [number], 'a ticket with new words keeps its attachments');
});

test('an address is found with its domain in Unicode or punycode', async () => {
  await done(admin.put('/staff/accounts/by-external-id/idn', { name: 'IDN', email: 'info@пример.рф' }));
  for (const q of ['info@пример.рф', 'info@xn--e1afmkfd.xn--p1ai'])
    assert.deepEqual(await accounts(q), ['idn']);
});

test('accounts are found page by page, by any of their words, and exactly by their external id', async () => {
  for (let i = 0; i < 5; i++) await instance.client(`shop-${i}`, { name: `Shop number ${i}` });
  const seen: string[] = [];
  for (let after = 0; ; ) {
    const { items } = (await done(agent.get(`/staff/accounts?q=shop&limit=2&after=${after}`))).body;
    if (items.length === 0) break;
    seen.push(...items.map(({ external_id }: { external_id: string }) => external_id));
    after = items.at(-1).account_id;
  }
  assert.deepEqual(
    seen,
    [0, 1, 2, 3, 4].map((i) => `shop-${i}`),
  );
  assert.deepEqual(await accounts('§§'), []);
  await done(admin.put(`/staff/accounts/by-external-id/${encodeURIComponent('§§')}`, { name: 'Odd' }));
  assert.deepEqual(await accounts('§§'), ['§§'], 'also when it has no words');
  for (const q of ["'", '\\', 'a:*', '!shop', 'shop | globex', '%', '_']) await accounts(q);
  assertProblem(await agent.get('/staff/accounts?q='), 400, 'invalid_request');
});

test('an account is found by its exact external id, including slashes, and by no other', async () => {
  const url = (id: string) => `/staff/accounts/by-external-id/${encodeURIComponent(id)}`;
  const service = await instance.service();
  for (const who of [agent, service]) {
    assert.equal((await done(who.get(url('u-1001/eu')))).body.account_id, acme.accountId);
    assertProblem(await who.get(url('u-1001')), 404, 'account_not_found');
  }
  assertProblem(await acme.get(url('u-1001/eu')), 403, 'forbidden');
});

test('staff open a ticket for the account of an external id, and name exactly one account', async () => {
  const ticket = { summary: 'Abuse', comment_body: 'Please look' };
  const opened = await done(
    agent.post('/staff/tickets', { ...ticket, account_external_id: 'u-1001/eu', external_id: 'INC-1' }),
  );
  assert.deepEqual([opened.body.account_id, opened.body.external_id], [acme.accountId, 'INC-1']);
  await storingNothing(instance, async () => {
    const both = { account_id: acme.accountId, account_external_id: 'u-1001/eu' };
    for (const whose of [{}, both, { account_external_id: 'nobody' }, { account_id: 999_999 }]) {
      const response = await agent.post('/staff/tickets', { ...ticket, ...whose });
      assertProblem(response, 400, 'invalid_request');
      assert.match(response.body.errors[0].pointer, /^\/account_/);
    }
  });
});

test('a ticket’s external id is unique in its account, can be found, changed and cleared, and is hidden from clients', async () => {
  const set = (number: number, external_id: string | null) =>
    agent.patch(`/staff/tickets/${number}`, { external_id });
  await done(set(disk, 'JIRA 7/a'));
  await done(set(other, 'JIRA 7/a'));
  await storingNothing(instance, async () =>
    assertProblem(await set(mail, 'JIRA 7/a'), 409, 'external_id_taken'),
  );
  const listed = async (id: string) =>
    (await done(agent.get(`/staff/tickets?sort=created&external_id=${encodeURIComponent(id)}`))).body.items
      .length;
  assert.deepEqual([await listed('JIRA 7/a'), await listed('JIRA 7')], [2, 0]);
  assert.deepEqual(await find('JIRA 7/a'), [disk, other]);
  const before = await acme.get(`/support/tickets/${disk}`);
  await done(set(disk, null));
  const after = await acme.get(`/support/tickets/${disk}`);
  assert.deepEqual([after.text, after.headers.etag], [before.text, before.headers.etag]);
  assert.equal('external_id' in after.body, false);
  assertProblem(
    await acme.post('/support/tickets', { summary: 'a', comment_body: 'b', external_id: 'c' }),
    400,
    'invalid_request',
  );
  await done(set(mail, 'JIRA 7/a'));
  assert.deepEqual(await find('JIRA 7/a'), [mail, other].sort());
});
