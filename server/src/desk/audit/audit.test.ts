import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent, admin] = [
  await instance.client('acme'),
  await instance.staff(),
  await instance.staff('admin', 'Olga'),
];
const { number } = await ticketIn('closed', acme, agent);
await done(agent.patch(`/staff/tickets/${number}`, { priority: 'high' }));
await done(admin.patch('/staff/topics/servers', { name: { en: '=Servers', ru: 'Серверы' } }));
await done(admin.patch('/staff/statuses/new', { name: { en: 'New', ru: 'Новый' } }));
await done(admin.put('/staff/accounts/by-external-id/acme', { name: 'Acme Inc.', locale: 'ru' }));

interface Item {
  type: string;
  cursor: string;
  actor_kind: string;
  [name: string]: unknown;
}

const audit = async (query = ''): Promise<{ items: Item[]; after: string | null }> =>
  (await done(admin.get(`/staff/audit?${query}`))).body;
const types = async (query: string) => (await audit(query)).items.map(({ type }) => type);

test('the audit lists every change, the latest first, with its author and token', async () => {
  const { items, after } = await audit();
  assert.equal(after, null);
  const [row] = await instance.query<{ n: number }>('select count(*)::int as n from events');
  assert.equal(items.length, row?.n);
  assert.deepEqual(
    items.slice(0, 4).map(({ type }) => type),
    ['account.changed', 'status.changed', 'topic.changed', 'ticket.triaged'],
  );
  assert.deepEqual(
    [items[0]?.staff_name, items[0]?.token_id, items[0]?.actor_kind],
    ['Olga', admin.tokenId, 'staff'],
  );
  const closed = items.find(({ type }) => type === 'ticket.closed');
  assert.deepEqual(
    [closed?.actor_kind, closed?.token_id, closed?.account_id],
    ['client', acme.tokenId, acme.accountId],
  );
});

test('a change has the values before and after', async () => {
  const data = async (type: string) => (await audit(`type=${type}`)).items[0]?.data;
  const topic = { key: 'servers', position: 0, archived_at: null, assignee_ids: [] };
  assert.deepEqual(await data('topic.changed'), {
    key: 'servers',
    before: { ...topic, name: { en: 'Servers', ru: 'Серверы' } },
    after: { ...topic, name: { en: '=Servers', ru: 'Серверы' } },
  });
  assert.deepEqual(await data('status.changed'), {
    key: 'new',
    before: { en: 'Open', ru: 'Открыт' },
    after: { en: 'New', ru: 'Новый' },
  });
  assert.deepEqual(await data('account.changed'), {
    external_id: 'acme',
    before: { name: 'The acme company', locale: 'en' },
    after: { name: 'Acme Inc.', locale: 'ru' },
  });
  assert.deepEqual(await data('ticket.triaged'), {
    before: { priority: 'normal' },
    after: { priority: 'high' },
  });
});

test('each filter selects what it names, and pages follow one another', async () => {
  assert.deepEqual(await types(`ticket_number=${number}&type=ticket.triaged`), ['ticket.triaged']);
  assert.deepEqual(await types('type=topic'), ['topic.changed', 'topic.added']);
  assert.deepEqual(
    new Set((await audit(`token_id=${agent.tokenId}`)).items.map(({ token_id }) => token_id)),
    new Set([agent.tokenId]),
  );
  assert.deepEqual(await types('from=2999-01-01T00:00:00Z'), []);
  assert.deepEqual(await types('to=2001-01-01T00:00:00Z'), []);
  const whole = (await audit()).items;
  const paged: Item[] = [];
  for (let after = ''; ; ) {
    const page = await audit(`limit=4${after && `&after=${after}`}`);
    paged.push(...page.items);
    if (page.after === null) break;
    after = page.after;
  }
  assert.deepEqual(paged, whole);
});

test('an unknown parameter is refused, whatever its name is', async () => {
  for (const name of ['page', 'toString', 'constructor', '__proto__']) {
    const response = await admin.get(`/staff/audit?type=topic&${name}=1`);
    assertProblem(response, 400, 'invalid_request', name);
    assert.equal(response.body.errors[0].pointer, name);
    assert.match(response.body.errors[0].detail, /staff_id, token_id/);
  }
});

test('several values match any of them', async () => {
  const known = new Set(await types('type=ticket.closed,topic'));
  assert.deepEqual(known, new Set(['ticket.closed', 'topic.changed', 'topic.added']));
  const of = async (query: string) => (await audit(query)).items.length;
  const [both, one, other] = [`${agent.tokenId},${acme.tokenId}`, agent.tokenId, acme.tokenId];
  assert.equal(await of(`token_id=${both}`), (await of(`token_id=${one}`)) + (await of(`token_id=${other}`)));
  assert.deepEqual(await types(`ticket_number=1,${number}&type=ticket.triaged`), ['ticket.triaged']);
});

test('the CSV export links to its next page', async () => {
  const response = await admin.get('/staff/audit?format=csv&limit=3&type=topic.changed');
  const [heading, line] = response.text.split('\r\n');
  assert.ok(heading?.startsWith('\ufeff"created_at","type","actor_kind","staff_id"'));
  assert.match(String(line), /,"topic\.changed","staff",\d+,"Olga",\d+,,0,,,"\{""key"":""servers""/);
  const first = await admin.get('/staff/audit?format=csv&limit=3');
  const next = /^<([^>]+)>; rel="next"$/.exec(String(first.headers.link))?.[1] ?? '';
  const second = await done(admin.get(next));
  assert.equal(second.text.split('\r\n').length, 5);
  assert.notEqual(second.text, first.text);
});

test('only an admin reads the audit, and no request changes it', async () => {
  assertProblem(await agent.get('/staff/audit'), 403, 'forbidden');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    assertProblem(await admin.send({ method, url: '/staff/audit' }), 405, 'method_not_allowed');
  }
});
