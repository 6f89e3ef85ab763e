/**
 * What a merge brings from the source into its target, what unmerging removes, and where a merged ticket refers to.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { createRandom, type Random } from '#test/random.ts';
import { assertProblem } from '#test/refusals.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, other, third] = [
  await instance.staff('agent'),
  await instance.staff('agent'),
  await instance.staff('agent'),
];
const idOf = async (staff = agent): Promise<number> => (await done(staff.get('/staff/me'))).body.staff_id;
const staffIds = [await idOf(agent), await idOf(other), await idOf(third)];
const [anna, boris, vera] = staffIds as [number, number, number];

interface Fields {
  priority?: string;
  tags?: string[];
  assignee_id?: number | null;
  client_emails?: string[];
  mentions?: number[];
}

async function open({ client_emails = [], mentions = [], ...triage }: Fields = {}): Promise<number> {
  const ticket = { summary: 'Disk full', comment_body: 'Help' };
  const emails = client_emails.length > 0 ? { client_emails } : {};
  const { number } = (await done(acme.post('/support/tickets', { ...ticket, ...emails }))).body;
  if (Object.keys(triage).length > 0) await done(agent.patch(`/staff/tickets/${number}`, triage));
  if (mentions.length > 0) await note(number, mentions);
  return number;
}
const note = (number: number, mentions: number[]) =>
  done(third.post(`/staff/tickets/${number}/comments`, { body: 'Look', internal: true, mentions }));
const merge = (number: number, into: number) => agent.post(`/staff/tickets/${number}/merge`, { into });
const unmerge = (number: number) => done(agent.post(`/staff/tickets/${number}/unmerge`));

async function fieldsOf(number: number): Promise<Required<Fields>> {
  const [row] = await instance.query<Required<Fields>>(
    `select priority, tags, assignee_id::int, client_emails,
       array(select staff_id::int from mentions where ticket_number = number order by 1) as mentions
     from tickets where number = $1`,
    [number],
  );
  assert.ok(row);
  return row;
}

test('a refusal on a merged ticket names the end of the chain of merges, not a ticket that refuses as well', async () => {
  const [one, two, three] = [await open(), await open(), await open()];
  await done(merge(one, two));
  await done(merge(two, three));
  const refusals = [
    await acme.post(`/support/tickets/${one}/comments`, { body: 'More' }),
    await acme.post(`/support/tickets/${one}/close`),
    await acme.post(`/support/tickets/${one}/reopen`, { body: 'Again' }),
    await agent.post(`/staff/tickets/${one}/comments`, { body: 'Done' }),
    await agent.post(`/staff/tickets/${one}/close`),
    await agent.post(`/staff/tickets/${one}/resolve`),
    await agent.post(`/staff/tickets/${one}/reopen`),
    await merge(one, three),
    await merge(await open(), one),
  ];
  for (const refusal of refusals) {
    assertProblem(refusal, 409, 'ticket_merged');
    assert.equal(refusal.body.ticket_number, three);
    assert.match(refusal.body.detail, new RegExp(`ticket ${three}\\b`));
  }
  await done(unmerge(two));
  const { body } = await acme.post(`/support/tickets/${one}/comments`, { body: 'More' });
  assert.equal(body.ticket_number, two);
});

const source: Fields = {
  priority: 'urgent',
  tags: ['disk', 'vip'],
  assignee_id: boris,
  client_emails: ['a@b.example', 'ivan@b.example'],
  mentions: [anna, boris],
};

test('a merge brings the priority, tags, assignee, mentions and addresses of its source', async () => {
  const from = await open(source);
  const into = await open({
    tags: ['outage', 'vip'],
    client_emails: ['z@b.example', 'a@b.example'],
    mentions: [boris],
  });
  const before = [await fieldsOf(from), await fieldsOf(into)];
  await done(merge(from, into));
  assert.deepEqual(await fieldsOf(into), {
    priority: 'urgent',
    tags: ['disk', 'outage', 'vip'],
    assignee_id: boris,
    client_emails: ['z@b.example', 'a@b.example', 'ivan@b.example'],
    mentions: [anna, boris],
  });
  const { history } = (await done(agent.get(`/staff/tickets/${into}`))).body;
  const { data } = history.at(-1);
  assert.deepEqual([data.from, data.before.priority, data.after.priority], [from, 'normal', 'urgent']);
  assert.equal((await done(agent.get('/staff/tickets?mentioned=me'))).body.items[0].number, into);
  await unmerge(from);
  assert.deepEqual([await fieldsOf(from), await fieldsOf(into)], before);
});

test('a target keeps its own and higher values', async () => {
  const from = await open({ priority: 'low', assignee_id: boris });
  const into = await open({ priority: 'high', assignee_id: vera });
  await done(merge(from, into));
  const { priority, assignee_id } = await fieldsOf(into);
  assert.deepEqual([priority, assignee_id], ['high', vera]);
});

test('what somebody has changed since the merge stays when it is undone', async () => {
  const [from, into] = [await open(source), await open()];
  await done(merge(from, into));
  await done(agent.patch(`/staff/tickets/${into}`, { priority: 'low' }));
  await done(
    agent.patch(`/staff/tickets/${into}`, {
      priority: 'urgent',
      assignee_id: vera,
      tags: ['disk', 'new', 'vip'],
    }),
  );
  await done(acme.patch(`/support/tickets/${into}`, { client_emails: ['ivan@b.example', 'new@b.example'] }));
  await done(agent.post(`/staff/tickets/${into}/read`));
  await note(into, [boris]);
  await unmerge(from);
  assert.deepEqual(await fieldsOf(into), {
    priority: 'urgent',
    tags: ['new'],
    assignee_id: vera,
    client_emails: ['new@b.example'],
    mentions: [boris],
  });
  assert.deepEqual((await fieldsOf(from)).mentions, [boris], 'the other has looked');
});

test('lists stay within their limits: what does not fit stays with the source', async () => {
  const many = (count: number, what: string) =>
    Array.from({ length: count }, (_, i) => `${what}${String(i).padStart(2, '0')}`);
  const emails = (count: number, what: string) => many(count, what).map((name) => `${name}@b.example`);
  const from = await open({ tags: many(15, 'a'), client_emails: emails(8, 'a') });
  const into = await open({ tags: many(15, 'b'), client_emails: emails(8, 'b') });
  const before = await fieldsOf(into);
  await done(merge(from, into));
  const { tags, client_emails } = await fieldsOf(into);
  assert.deepEqual(tags, [...many(5, 'a'), ...many(15, 'b')]);
  assert.deepEqual(client_emails, [...emails(8, 'b'), ...emails(2, 'a')]);
  assert.equal((await fieldsOf(from)).tags?.length, 15);
  await unmerge(from);
  assert.deepEqual(await fieldsOf(into), before);
});

test('a merge assigns no ticket to a disabled member', async () => {
  const gone = await instance.staff('agent');
  const admin = await instance.staff('admin');
  const from = await open({ assignee_id: await idOf(gone) });
  await done(agent.post(`/staff/tickets/${from}/close`));
  await done(admin.patch(`/staff/members/${await idOf(gone)}`, { is_enabled: false }));
  const into = await open();
  await done(merge(from, into));
  assert.equal((await fieldsOf(into)).assignee_id, null);
});

test('in any order of merging and unmerging, tickets are as if only the remaining merges had happened', async () => {
  for (let round = 0; round < 6; round++) {
    const random = createRandom(round);
    const fields = Array.from({ length: 5 }, () => anyFields(random));
    const numbers = await openAll(fields);
    const merged = await mergeAtRandom(random, numbers);
    const undone = random.shuffle(merged.map(([from]) => from)).slice(0, random.int(1, merged.length));
    for (const from of undone) await unmerge(numbers[from] as number);
    const again = await openAll(fields);
    for (const [from, into] of merged) {
      if (!undone.includes(from)) await done(merge(again[from] as number, again[into] as number));
    }
    assert.deepEqual(
      await allFields(numbers),
      await allFields(again),
      `round ${round}: ${merged.join(' ')} without ${undone}`,
    );
  }
});

const anyFields = (random: Random): Fields => ({
  priority: random.pick(['low', 'normal', 'high', 'urgent']),
  tags: random.shuffle(['a', 'b', 'c']).slice(0, random.int(0, 2)),
  assignee_id: random.pick([null, ...staffIds]),
  client_emails: random.shuffle(['a@b.example', 'b@b.example', 'c@b.example']).slice(0, random.int(0, 2)),
  mentions: random.shuffle([anna, boris]).slice(0, random.int(0, 2)),
});

async function openAll(fields: Fields[]) {
  const numbers: number[] = [];
  for (const one of fields) numbers.push(await open(one));
  return numbers;
}

/** By index, each into one that is not merged itself. */
async function mergeAtRandom(random: Random, numbers: number[]): Promise<Array<[number, number]>> {
  const merged: Array<[number, number]> = [];
  const free = numbers.map((_, i) => i);
  while (free.length > 1 && merged.length < 4) {
    const [from, into] = random.shuffle(free) as [number, number];
    await done(merge(numbers[from] as number, numbers[into] as number));
    free.splice(free.indexOf(from), 1);
    merged.push([from, into]);
  }
  return merged;
}

async function allFields(numbers: number[]) {
  const all = await Promise.all(numbers.map(fieldsOf));
  return all.map((fields) => ({ ...fields, client_emails: fields.client_emails?.toSorted() }));
}
