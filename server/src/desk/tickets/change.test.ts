import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const stranger = await instance.client('stranger');
const agent = await instance.staff('agent');
const admin = await instance.staff('admin');
const open = async () => (await ticketIn('open', acme, agent)).number;
const found = async (number: number) => (await done(acme.get(`/support/tickets/${number}`))).body;
const eventsOf = (number: number, type: string) =>
  instance.query('select actor_kind, data from events where ticket_number = $1 and type = $2', [
    number,
    type,
  ]);

for (const method of ['patch', 'put'] as const) {
  test(`${method.toUpperCase()} replaces the named fields, leaves the others, and changes updated_at`, async () => {
    const number = await open();
    const first = (await done(acme[method](`/support/tickets/${number}`, { client_aliased_name: 'Ivan' })))
      .body;
    assert.deepEqual([first.client_aliased_name, first.client_emails], ['Ivan', []]);
    const emails = ['B@b.example', 'a@b.example', 'b@B.example'];
    const second = (await done(acme[method](`/support/tickets/${number}`, { client_emails: emails }))).body;
    assert.deepEqual(
      [second.client_aliased_name, second.client_emails],
      ['Ivan', ['b@b.example', 'a@b.example']],
    );
    assert.ok(second.updated_at >= first.updated_at && first.updated_at >= first.created_at);
    assert.deepEqual(await found(number), second);

    const cleared = { client_aliased_name: null, client_emails: [] };
    const third = (await done(acme[method](`/support/tickets/${number}`, cleared))).body;
    assert.deepEqual([third.client_aliased_name, third.client_emails], [null, []]);
    assert.equal((await eventsOf(number, 'ticket.changed')).length, 3);
  });
}

test('the event of a change has the values before and after', async () => {
  const number = await open();
  await done(acme.patch(`/support/tickets/${number}`, { client_aliased_name: 'Ivan' }));
  await done(agent.patch(`/staff/tickets/${number}`, { type: 'incident', topic_key: 'servers' }));
  assert.deepEqual(await eventsOf(number, 'ticket.changed'), [
    {
      actor_kind: 'client',
      data: { before: { client_aliased_name: null }, after: { client_aliased_name: 'Ivan' } },
    },
    {
      actor_kind: 'staff',
      data: { before: { type: null, topic_key: null }, after: { type: 'incident', topic_key: 'servers' } },
    },
  ]);
});

test('staff set whom to notify: the client sees it, and the event has the earlier value', async () => {
  const number = await open();
  await done(acme.patch(`/support/tickets/${number}`, { client_emails: ['a@b.example'] }));
  const client_emails = ['C@b.example', 'a@b.example', 'c@b.example'];
  const before = await acme.get(`/support/tickets/${number}`);
  await done(agent.patch(`/staff/tickets/${number}`, { client_emails }));
  const after = await acme.get(`/support/tickets/${number}`);
  assert.deepEqual(after.body.client_emails, ['c@b.example', 'a@b.example']);
  assert.notEqual(after.headers.etag, before.headers.etag);
  const [, change] = await eventsOf(number, 'ticket.changed');
  assert.deepEqual(change, {
    actor_kind: 'staff',
    data: {
      before: { client_emails: ['a@b.example'] },
      after: { client_emails: ['c@b.example', 'a@b.example'] },
    },
  });
  const tooMany = Array.from({ length: 11 }, (_, i) => `a${i}@b.example`);
  const refused = () => agent.patch(`/staff/tickets/${number}`, { client_emails: tooMany });
  assertProblem(await storingNothing(instance, refused), 400, 'invalid_request');
});

test('a new alias applies to later comments, not to earlier ones', async () => {
  const number = await open();
  await done(acme.patch(`/support/tickets/${number}`, { client_aliased_name: 'Ivan' }));
  await done(acme.post(`/support/tickets/${number}/comments`, { body: 'It is me' }));
  const { items } = (await acme.get(`/support/tickets/${number}/comments`)).body;
  assert.deepEqual(
    items.map(({ author_name }: { author_name: string }) => author_name),
    ['The acme company', 'Ivan'],
  );
});

test('an empty change returns the ticket and changes nothing', async () => {
  const number = await open();
  const responses: Response[] = [];
  for (const method of ['patch', 'put'] as const) {
    for (const body of [{}, undefined]) {
      const url = `/support/tickets/${number}`;
      const before = await acme.get(url);
      const response = await storingNothing(instance, () => acme[method](url, body));
      assert.equal(response.status, 200);
      assert.deepEqual([response.body, response.headers.etag], [before.body, before.headers.etag]);
      responses.push(await storingNothing(instance, () => acme[method]('/support/tickets/1', body)));
      responses.push(
        await storingNothing(instance, () => acme[method](url, body, { 'if-match': '"999-a"' })),
      );
    }
  }
  assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([404, 412]));
  const url = `/staff/tickets/${number}`;
  const seen = await storingNothing(instance, () => agent.patch(url, {}));
  assert.deepEqual([seen.status, seen.body.number], [200, number]);
  assert.equal((await agent.get(url)).body.updated_at, seen.body.updated_at);
});

test('a ticket takes ten addresses, and an eleventh is refused', async () => {
  const number = await open();
  const addresses = Array.from({ length: 11 }, (_, i) => `a${i}@b.example`);
  const ten = addresses.slice(1);
  assert.deepEqual(
    (await acme.patch(`/support/tickets/${number}`, { client_emails: ten })).body.client_emails,
    ten,
  );
  const response = await storingNothing(instance, () =>
    acme.patch(`/support/tickets/${number}`, { client_emails: addresses }),
  );
  assertProblem(response, 400, 'invalid_request');
  assert.equal(response.body.errors[0].pointer, '/client_emails');
});

test('a closed ticket can still be changed, and stays closed', async () => {
  const { number } = await ticketIn('closed', acme, agent);
  const { body } = await done(acme.patch(`/support/tickets/${number}`, { client_emails: ['a@b.example'] }));
  assert.deepEqual([body.is_closed, body.client_emails], [true, ['a@b.example']]);
});

test('the ticket of another account cannot be changed', async () => {
  const number = await open();
  const response = await storingNothing(instance, () =>
    stranger.patch(`/support/tickets/${number}`, { client_emails: [] }),
  );
  assertProblem(response, 404, 'ticket_not_found');
});

test('staff set summary, topic and type, clear the last two, and cannot set an unknown topic', async () => {
  const number = await open();
  const set = { summary: 'Array degraded', topic_key: 'servers', type: 'incident' };
  await done(agent.patch(`/staff/tickets/${number}`, set));
  const { summary, topic_key, type } = await found(number);
  assert.deepEqual({ summary, topic_key, type }, set);

  const response = await storingNothing(instance, () =>
    agent.patch(`/staff/tickets/${number}`, { topic_key: 'unknown' }),
  );
  assertProblem(response, 400, 'unknown_topic');
  await done(agent.patch(`/staff/tickets/${number}`, { topic_key: null, type: null }));
  const cleared = await found(number);
  assert.deepEqual([cleared.summary, cleared.topic_key, cleared.type], ['Array degraded', null, null]);
});

test('an archived topic cannot be set, and stays where it is set already', async () => {
  await done(admin.post('/staff/topics', { key: 'fax', name: { en: 'Fax', ru: 'Факс' } }));
  const [number, other] = [await open(), await open()];
  await done(agent.patch(`/staff/tickets/${number}`, { topic_key: 'fax' }));
  await done(admin.patch('/staff/topics/fax', { is_archived: true }));
  const { body } = await done(
    agent.patch(`/staff/tickets/${number}`, { type: 'incident', topic_key: 'fax' }),
  );
  assert.deepEqual([body.topic_key, body.type], ['fax', 'incident']);
  const refused = await storingNothing(instance, () =>
    agent.patch(`/staff/tickets/${other}`, { topic_key: 'fax' }),
  );
  assertProblem(refused, 400, 'unknown_topic');
});

test('a ticket is found by its new summary and alias', async () => {
  const number = await open();
  await done(agent.patch(`/staff/tickets/${number}`, { summary: 'Backplane replaced' }));
  await done(acme.patch(`/support/tickets/${number}`, { client_aliased_name: 'Wolfeschlegel' }));
  for (const q of ['backplane', 'wolfeschlegel']) {
    const { items } = (await acme.get(`/support/tickets?q=${q}`)).body;
    assert.deepEqual(
      items.map((item: { number: number }) => item.number),
      [number],
    );
  }
});
