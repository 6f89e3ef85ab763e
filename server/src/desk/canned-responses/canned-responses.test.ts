import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme', { name: 'Acme Inc' });
const [anna, boris, admin] = [
  await instance.staff(),
  await instance.staff('agent', 'Boris'),
  await instance.staff('admin'),
];
const url = '/staff/canned-responses';
const response = { title: 'Which disk', shortcut: 'disk', bodies: { en: 'Which disk?', ru: 'Какой диск?' } };

const save = async (input: object, staff = anna) => (await done(staff.post(url, input))).body;
const use = (id: number, ticket_number: number, staff = anna) =>
  staff.post(`${url}/${id}/use`, { ticket_number });

async function speak(locale: 'en' | 'ru') {
  await done(admin.put('/staff/accounts/by-external-id/acme', { name: 'Acme Inc', locale }));
}

test('a canned response is private to its owner; a shared one is for everybody and changed by admins', async () => {
  const own = await save(response);
  const { title, shortcut, bodies } = response;
  const { canned_response_id, created_at, updated_at } = own;
  assert.deepEqual(own, {
    ...{ canned_response_id, title, shortcut, bodies, topic_key: null, is_shared: false },
    ...{ use_count: 0, last_used_at: null, created_at, updated_at },
  });
  assertProblem(await anna.post(url, { ...response, is_shared: true }), 403, 'forbidden');
  const shared = await save({ ...response, title: 'Zone', is_shared: true }, admin);
  assert.deepEqual((await anna.get(url)).body.items, [own, shared]);
  assert.deepEqual((await boris.get(url)).body.items, [shared]);
  const { number } = await ticketIn('open', acme, anna);
  await storingNothing(instance, async () => {
    for (const staff of [boris, admin]) {
      assertProblem(await staff.patch(`${url}/${canned_response_id}`, { title: 'a' }), 404);
      assertProblem(await staff.delete(`${url}/${canned_response_id}`), 404, 'canned_response_not_found');
      assertProblem(await use(canned_response_id, number, staff), 404, 'canned_response_not_found');
    }
    assertProblem(await anna.patch(`${url}/${shared.canned_response_id}`, { title: 'a' }), 403);
    assertProblem(await anna.delete(`${url}/${shared.canned_response_id}`), 403, 'forbidden');
  });
  const changed = (await done(anna.patch(`${url}/${canned_response_id}`, { title: 'Disk' }))).body;
  assert.deepEqual({ ...changed, updated_at }, { ...own, title: 'Disk' });
  await done(anna.delete(`${url}/${canned_response_id}`));
  assert.deepEqual((await anna.get(url)).body.items, [shared]);
});

test('a shortcut is unique among one’s own canned responses, and among the shared ones', async () => {
  await save({ ...response, shortcut: 'once' });
  await save({ ...response, shortcut: 'once' }, boris);
  await save({ ...response, shortcut: 'once', is_shared: true }, admin);
  await storingNothing(instance, async () => {
    assertProblem(await anna.post(url, { ...response, shortcut: 'once' }), 409, 'shortcut_exists');
    const again = { ...response, shortcut: 'once', is_shared: true };
    assertProblem(await admin.post(url, again), 409, 'shortcut_exists');
  });
});

test('a member has at most five hundred canned responses', async () => {
  const clara = await instance.staff('agent', 'Clara');
  await save({ ...response, shortcut: 'first' }, clara);
  await instance.query(
    `insert into canned_responses (staff_id, title, shortcut, bodies)
     select staff_id, title, 'copy-' || n, bodies
     from canned_responses
     cross join generate_series(1, 499) as n
     where staff_id = (select staff_id from tokens where token_id = $1)`,
    [clara.tokenId],
  );
  await storingNothing(instance, async () =>
    assertProblem(await clara.post(url, { ...response, shortcut: 'last' }), 400, 'too_many_canned_responses'),
  );
  await save({ ...response, shortcut: 'shared', is_shared: true }, admin);
});

test('a canned response is filled in the account’s language, or in the only one it has', async () => {
  const { number } = await ticketIn('open', acme, anna, { client_aliased_name: 'Ivan' });
  const body = '{{client_name}} {{ticket_number}} {{ticket_summary}} {{agent_name}} {{account_name}}';
  const both = await save({
    ...response,
    shortcut: 'both',
    bodies: { en: `Dear ${body}`, ru: `Добрый ${body}` },
  });
  const onlyEn = await save({ ...response, shortcut: 'only-en', bodies: { en: 'Hello' } });
  const filled = `Ivan ${number} The disk is full Anna Petrova Acme Inc`;
  await speak('ru');
  assert.deepEqual((await use(both.canned_response_id, number)).body, {
    body: `Добрый ${filled}`,
    locale: 'ru',
  });
  assert.deepEqual((await use(onlyEn.canned_response_id, number)).body, { body: 'Hello', locale: 'en' });
  await speak('en');
  assert.deepEqual((await use(both.canned_response_id, number)).body, {
    body: `Dear ${filled}`,
    locale: 'en',
  });
  const { use_count, last_used_at } = (await anna.get(url)).body.items.find(
    (one: { shortcut: string }) => one.shortcut === 'both',
  );
  assert.equal(use_count, 2);
  assert.ok(Date.parse(last_used_at) <= Date.now() + 1000);
});

test('text from a client is inserted as it is, without filling placeholders in it', async () => {
  const summary = '{{agent_name}} $& $1 {{account_name}} <b>';
  const { number } = await ticketIn('open', acme, anna, { summary });
  const { canned_response_id } = await save({
    ...response,
    shortcut: 'summary',
    bodies: { en: '{{{ticket_summary}}} { {{client_name}} }} {{' },
  });
  assert.equal((await use(canned_response_id, number)).body.body, `{${summary}} { Acme Inc }} {{`);
});

test('saving an unknown placeholder is refused, with a list of the known ones', async () => {
  const { canned_response_id } = await save({ ...response, shortcut: 'good' });
  await storingNothing(instance, async () => {
    for (const name of [
      'token',
      '7*7',
      'client_name.length',
      ' client_name ',
      'CLIENT_NAME',
      '',
      '__proto__',
    ]) {
      const bodies = { en: 'Fine', ru: `Нет: {{${name}}}` };
      for (const sent of [
        await anna.post(url, { ...response, shortcut: 'odd', bodies }),
        await anna.patch(`${url}/${canned_response_id}`, { bodies }),
      ]) {
        assertProblem(sent, 400, 'unknown_placeholder', name);
        assert.deepEqual(
          sent.body.errors.map(({ pointer }: { pointer: string }) => pointer),
          ['/bodies/ru'],
        );
        assert.match(sent.body.detail, /\{\{client_name\}\}, .*\{\{account_name\}\}/);
      }
    }
  });
});

test('invalid titles, shortcuts, bodies and topics are refused', () =>
  storingNothing(instance, async () => {
    for (const bad of [
      { bodies: {} },
      { bodies: { de: 'Hallo' } },
      { bodies: { en: ' ' } },
      { bodies: { en: 'a'.repeat(20_001) } },
      { shortcut: 'Two Words' },
      { shortcut: '' },
      { shortcut: 'a'.repeat(41) },
      { title: '' },
      { topic_key: 'gone' },
    ]) {
      const sent = await anna.post(url, { ...response, shortcut: 'form', ...bad });
      assertProblem(sent, 400, undefined, JSON.stringify(bad));
    }
    const { canned_response_id } = (await anna.get(url)).body.items[0];
    assertProblem(await use(canned_response_id, 999_999), 404, 'ticket_not_found');
  }));

test('the client is addressed by the name of whoever wrote last, not of whoever opened the ticket', async () => {
  const { canned_response_id } = await save({
    ...response,
    shortcut: 'dear',
    bodies: { en: '{{client_name}}' },
  });
  const [ivan, olga] = [
    await guestAt(instance, 'acme', { id: '7', name: 'Ivan' }),
    await guestAt(instance, 'acme', { id: '8', name: 'Olga' }),
  ];
  const { number } = await ticketIn('open', ivan, anna, { client_aliased_name: 'The office' });
  const { number: other } = await ticketIn('open', acme, anna, { client_aliased_name: 'The office' });
  const { number: plain } = await ticketIn('open', acme, anna);
  const name = async (ticket: number) => (await done(use(canned_response_id, ticket))).body.body;
  assert.deepEqual([await name(number), await name(other)], ['Ivan', 'The office']);
  await done(olga.post(`/support/tickets/${number}/comments`, { body: 'Going on' }));
  await done(anna.post(`/staff/tickets/${number}/comments`, { body: 'Hello' }));
  assert.equal(await name(number), 'Olga');
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'By a program' }));
  assert.equal(await name(number), 'The office');
  const { name: account } = (await done(anna.get(`/staff/tickets/${plain}`))).body.account;
  assert.equal(await name(plain), account);
});
