import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inactivityOn } from '#test/inactivity.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme', { name: 'Acme Inc' });
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];
const { rules, inactive, pass, run, ticket, types } = inactivityOn(instance, { acme, agent, admin });

test('nothing happens automatically unless a rule is enabled', async () => {
  await rules({ is_enabled: false, remind_after_days: 1, close_after_days: 2, close_resolved_after_days: 1 });
  await inactive('replied', 300);
  await inactive('resolved', 300);
  await storingNothing(instance, run);
});

test('after some days of inactivity the client is reminded once, and later the ticket is closed', async () => {
  await rules({ remind_after_days: 3, close_after_days: 7 });
  const number = await inactive('replied', 2);
  await run();
  assert.deepEqual((await types(number)).at(-1), 'ticket.commented');
  await pass(number, 1);
  const { updated_at } = await ticket(number);
  await Promise.all([run(), run(), run()]);
  await run();
  const reminded = await ticket(number);
  assert.deepEqual(
    reminded.history.filter(({ type }: { type: string }) => type === 'ticket.reminded').length,
    1,
  );
  assert.deepEqual([reminded.updated_at, reminded.status_key], [updated_at, 'await_client']);
  await pass(number, 3);
  await run();
  assert.equal((await ticket(number)).is_closed, false);
  await pass(number, 1);
  await Promise.all([run(), run()]);
  const { is_closed, is_resolved, close_reason, history } = await ticket(number);
  assert.deepEqual([is_closed, is_resolved, close_reason], [true, false, 'auto']);
  const { type, actor_kind, staff_id, data } = history.at(-1);
  assert.deepEqual([type, actor_kind, staff_id, data], ['ticket.closed', 'system', null, { reason: 'auto' }]);
});

test('a reminder can be a comment in the account’s language, and does not count as activity', async () => {
  await done(admin.put('/staff/accounts/by-external-id/acme', { name: 'Acme Inc', locale: 'ru' }));
  const input = {
    title: 'Still there',
    shortcut: 'still',
    bodies: { en: 'Hello', ru: '{{client_name}}, вы с нами? {{agent_name}}' },
    is_shared: true,
  };
  const { canned_response_id } = (await done(admin.post('/staff/canned-responses', input))).body;
  await rules({ remind_after_days: 3, close_after_days: 7, canned_response_id });
  const number = await inactive('replied', 3);
  await run();
  const { items } = (await done(acme.get(`/support/tickets/${number}/comments`))).body;
  const { body, author_name, is_client_author, is_client_read } = items.at(-1);
  assert.deepEqual(
    [body, author_name, is_client_author, is_client_read],
    ['Acme Inc, вы с нами? Поддержка', null, false, false],
  );
  const history = (await ticket(number)).history;
  assert.deepEqual(
    history.slice(-2).map(({ type }: { type: string }) => type),
    ['ticket.reminded', 'ticket.read'],
  );
  assertProblem(
    await admin.delete(`/staff/canned-responses/${canned_response_id}`),
    409,
    'canned_response_in_use',
  );
  await pass(number, 3);
  await run();
  assert.equal((await ticket(number)).is_closed, false);
  await pass(number, 1);
  await run();
  assert.equal((await ticket(number)).close_reason, 'auto');
});

test('a client who replies to the reminder keeps the ticket open, and is reminded again later', async () => {
  await rules({ remind_after_days: 3, close_after_days: 7 });
  const number = await inactive('replied', 3);
  await run();
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'Here' }));
  await pass(number, 30);
  await run();
  assert.equal((await ticket(number)).status_key, 'in_progress');
  await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'And now?' }));
  await pass(number, 3);
  await run();
  await pass(number, 4);
  await run();
  assert.deepEqual(
    (await types(number)).filter((type) => /reminded|closed/.test(type)),
    ['ticket.reminded', 'ticket.reminded', 'ticket.closed'],
  );
});

test('a new rule reminds first, and closes only after the days between the two', async () => {
  await rules();
  const number = await inactive('replied', 200);
  await rules({ remind_after_days: 3, close_after_days: 7 });
  await run();
  await run();
  assert.equal((await ticket(number)).is_closed, false);
  await pass(number, 4);
  await run();
  assert.equal((await ticket(number)).is_closed, true);
});

test('a resolved ticket is closed after its days and stays resolved', async () => {
  await rules({ close_resolved_after_days: 5 });
  const [early, late] = [await inactive('resolved', 4), await inactive('resolved', 5)];
  const replied = await inactive('replied', 100);
  await run();
  assert.equal((await ticket(early)).is_closed, false);
  assert.equal((await ticket(replied)).is_closed, false);
  const { is_closed, is_resolved } = await ticket(late);
  assert.deepEqual([is_closed, is_resolved], [true, true]);
});

test('a topic’s own rule applies to it, also when it is disabled', async () => {
  await done(admin.post('/staff/topics', { key: 'dns', name: { en: 'DNS', ru: 'DNS' } }));
  await rules(
    { close_after_days: 2 },
    { topic_key: 'servers', close_after_days: 9 },
    { topic_key: 'dns', is_enabled: false },
  );
  const numbers = [
    await inactive('replied', 3),
    await inactive('replied', 3, { topic_key: 'servers' }),
    await inactive('replied', 9, { topic_key: 'servers' }),
    await inactive('replied', 300, { topic_key: 'dns' }),
  ];
  await run();
  const closed = await Promise.all(numbers.map(async (number) => (await ticket(number)).is_closed));
  assert.deepEqual(closed, [true, false, true, false]);
});

test('a rule’s days, canned responses and topic must be consistent', async () => {
  await rules({ topic_key: 'dns', remind_after_days: 3, close_after_days: 7 });
  const own = { title: 'Mine', shortcut: 'mine', bodies: { en: 'Hello' } };
  const { canned_response_id } = (await done(admin.post('/staff/canned-responses', own))).body;
  const { inactivity_rule_id } = (await admin.get('/staff/inactivity-rules')).body.items[0];
  const url = `/staff/inactivity-rules/${inactivity_rule_id}`;
  await storingNothing(instance, async () => {
    assertProblem(
      await admin.post('/staff/inactivity-rules', { topic_key: 'dns' }),
      409,
      'inactivity_rule_exists',
    );
    assertProblem(await admin.post('/staff/inactivity-rules', { topic_key: 'gone' }), 400, 'unknown_topic');
    assertProblem(await admin.patch(url, { close_after_days: 3 }), 400, 'invalid_inactivity_rule');
    assertProblem(await admin.patch(url, { remind_after_days: 7 }), 400, 'invalid_inactivity_rule');
    assertProblem(await admin.patch(url, { canned_response_id }), 400, 'unknown_canned_response');
    for (const bad of [0, 366, 1.5, '3']) {
      assertProblem(await admin.patch(url, { close_resolved_after_days: bad }), 400, 'invalid_request');
    }
    assertProblem(await agent.patch(url, { is_enabled: false }), 403, 'forbidden');
  });
  const { body } = await done(admin.patch(url, { remind_after_days: null, close_after_days: 3 }));
  assert.deepEqual([body.remind_after_days, body.close_after_days, body.is_enabled], [null, 3, true]);
});

test('a change of fields by staff neither postpones nor repeats a reminder', async () => {
  await rules({ remind_after_days: 3, close_after_days: 7 });
  const number = await inactive('replied', 3);
  const { updated_at } = await ticket(number);
  const file = async () => {
    const change = {
      summary: 'Filed',
      topic_key: 'servers',
      type: 'incident',
      priority: 'high',
      tags: ['disk'],
    };
    await done(agent.patch(`/staff/tickets/${number}`, change));
    await done(agent.patch(`/staff/tickets/${number}`, { topic_key: null, tags: [] }));
    await done(agent.post(`/staff/tickets/${number}/comments`, { body: 'A note', internal: true }));
  };
  await file();
  assert.notEqual((await ticket(number)).updated_at, updated_at, 'the client sees that it was filed');
  await run();
  await file();
  await run();
  const reminded = (await types(number)).filter((type) => type === 'ticket.reminded');
  assert.equal(reminded.length, 1);
  await pass(number, 4);
  await file();
  await run();
  assert.equal((await ticket(number)).close_reason, 'auto');
});

test('a resolved ticket counts from when it was resolved, and later changes of fields do not matter', async () => {
  await rules({ close_resolved_after_days: 5 });
  const number = await inactive('replied', 30);
  await done(agent.post(`/staff/tickets/${number}/resolve`));
  await run();
  assert.equal((await ticket(number)).is_closed, false);
  await pass(number, 5);
  await done(agent.patch(`/staff/tickets/${number}`, { type: 'incident' }));
  await run();
  assert.equal((await ticket(number)).is_closed, true);
});
