/** The given document (document.ts) against the running product; reference.test.ts checks the reference against it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from './caller.ts';
import { comment, type Field, nested, operations, type Shape, ticket, vote, withOurs } from './document.ts';
import { openInstance } from './instance.ts';
import { illegalValues, legalValues, queryValues, WIDE } from './limits.ts';
import { assertProblem, storingNothing } from './refusals.ts';
import { done, ticketIn, uploadOf } from './tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');
for (const key of ['x', WIDE.repeat(100)]) {
  await instance.query('insert into topics (key, name) values ($1, $2)', [key, { en: key, ru: key }]);
}

const asked = operations.flatMap(({ methods, ...operation }) =>
  methods.map((method) => ({ ...operation, method })),
);
type Asked = (typeof asked)[number];
const nameOf = ({ method, path }: Asked) => `${method.toUpperCase()} ${path}`;

/** The URL for the operation: a new ticket in the state that it needs. */
async function urlFor({ path, on }: Asked): Promise<string> {
  if (!on) return path;
  const { number, response } = await ticketIn(on, acme, agent);
  return path.replace('{ticket_number}', String(number)).replace('{comment_id}', String(response));
}

const send = ({ method }: Asked, url: string, body?: object): Promise<Response> =>
  method === 'get' ? acme.get(url) : acme[method](url, body);

/** A body with the required fields only, or as many as the operation needs. */
function smallest({ body = {} }: Asked): Record<string, unknown> {
  const fields = Object.entries(body);
  const required = fields.filter(([, field]) => field.required);
  const value = ({ type, min, enum: options }: Field) => (type === 'string' ? 'x' : (options?.[0] ?? min));
  return Object.fromEntries(required.map(([name, field]) => [name, value(field)]));
}

test('every operation responds with 200 and every field of the document, each of its type', async () => {
  for (const operation of asked) {
    const response = await send(operation, await urlFor(operation), smallest(operation));
    assert.equal(response.status, 200, `${nameOf(operation)}: ${response.text}`);
    assertShape(response.body, operation.response, nameOf(operation));
    if (!operation.item) continue;
    assert.ok(response.body.items.length > 0, nameOf(operation));
    for (const item of response.body.items) assertShape(item, operation.item, nameOf(operation));
  }
});

test('the smallest and the largest value of each field are accepted and returned unchanged', async () => {
  for (const operation of asked) {
    for (const [name, field] of Object.entries(operation.body ?? {})) {
      for (const value of await legalValues(field, acme)) {
        const body = { ...smallest(operation), [name]: value };
        const response = await send(operation, await urlFor(operation), body);
        const what = `${name} of ${nameOf(operation)}`;
        assert.equal(response.status, 200, `${what}: ${response.text}`);
        const given =
          name === 'files'
            ? response.body.files?.map((file: { uuid: string }) => file.uuid)
            : response.body[name];
        if (given !== undefined) assert.deepEqual(given, value, what);
      }
    }
  }
});

test('a value beyond a limit, of another type, missing or unknown gets a 400 that names it, and stores nothing', async () => {
  for (const operation of asked.filter(({ body }) => body)) {
    const wrong: Array<{ body: object; name: string }> = [
      { body: { ...smallest(operation), surprise: 1 }, name: 'surprise' },
    ];
    for (const [name, field] of Object.entries(operation.body ?? {})) {
      const { [name]: _, ...others } = smallest(operation);
      if (field.required) wrong.push({ body: others, name });
      for (const value of await illegalValues(field, acme))
        wrong.push({ body: { ...others, [name]: value }, name });
    }
    const url = await urlFor(operation);
    await storingNothing(instance, async () => {
      for (const { body, name } of wrong) {
        const response = await send(operation, url, body);
        const what = `${JSON.stringify(body).slice(0, 200)} to ${nameOf(operation)}: ${response.text}`;
        assertProblem(response, 400, 'invalid_request', what);
        const pointers = response.body.errors.map(
          ({ pointer }: { pointer: string }) => pointer.split('/')[1] ?? '',
        );
        assert.deepEqual([...new Set(pointers)], [name], what);
      }
    });
  }
});

test('parameters are accepted up to their limits and refused beyond, with a 400 that names them', async () => {
  for (const operation of asked.filter(({ query }) => query)) {
    for (const [name, field] of Object.entries(operation.query ?? {})) {
      const { legal, illegal } = queryValues(field);
      for (const value of legal) {
        const response = await send(operation, `${operation.path}?${name}=${value}`);
        assert.equal(response.status, 200, `${name}=${value}: ${response.text}`);
        assertShape(response.body, operation.response, `${name}=${value}`);
        if (field.type === 'integer') assert.equal(response.body[name], Number(value));
      }
      for (const query of [...illegal.map((value) => `${name}=${value}`), `${name}=1&${name}=1`]) {
        const response = await send(operation, `${operation.path}?${query}`);
        assertProblem(response, 400, 'invalid_request', query);
        assert.deepEqual(response.body.errors[0].pointer, name, query);
      }
    }
  }
});

test('a body of 50,000 code points, each written as two escapes, arrives complete', async () => {
  const { number } = await ticketIn('open', acme, agent);
  const payload = `{"body":"${'\\ud83d\\ude00'.repeat(50_000)}"}`;
  assert.equal(payload.length, 600_011);
  const response = await done(acme.post(`/support/tickets/${number}/comments`, payload));
  assert.equal(response.body.body, '😀'.repeat(50_000));
  const [stored] = await instance.query('select char_length(body) as length from comments where id = $1', [
    response.body.id,
  ]);
  assert.equal(stored?.length, 50_000);
});

test('a list has ten tickets per page by default, and only_opened=True works', async () => {
  const lister = await instance.client('lister');
  for (let i = 1; i <= 11; i++) await ticketIn(i === 1 ? 'closed' : 'open', lister, agent);
  const { items, after, ...counts } = (await lister.get('/support/tickets')).body;
  assert.deepEqual([items.length, typeof after], [10, 'string']);
  assert.deepEqual(counts, { item_count: 11, items_per_page: 10, page: 1, page_count: 2 });
  const openOnes = '/support/tickets?only_opened=True&only_closed=False&items_per_page=1000';
  const opened = (await lister.get(openOnes)).body;
  assert.deepEqual([opened.item_count, opened.items.length], [10, 10]);
  assert.ok(opened.items.every(({ is_closed }: { is_closed: boolean }) => !is_closed));
  const closed = (await lister.get('/support/tickets?only_closed=True&only_opened=False')).body;
  assert.deepEqual([closed.item_count, closed.items[0].is_closed], [1, true]);
});

for (const method of ['patch', 'put'] as const) {
  test(`${method.toUpperCase()} sets the named fields, leaves the others, and clears with null and []`, async () => {
    const { number } = await ticketIn('open', acme, agent);
    const modify = async (body: object) => {
      const { client_aliased_name, client_emails } = (
        await done(acme[method](`/support/tickets/${number}`, body))
      ).body;
      const read = (await acme.get(`/support/tickets/${number}`)).body;
      assert.deepEqual([read.client_aliased_name, read.client_emails], [client_aliased_name, client_emails]);
      return [client_aliased_name, client_emails];
    };
    assert.deepEqual(await modify({ client_aliased_name: 'Ivan' }), ['Ivan', []]);
    const emails = ['Ivan@Clients.example', 'second@clients.example', 'ivan@clients.example'];
    const kept = ['ivan@clients.example', 'second@clients.example'];
    assert.deepEqual(await modify({ client_emails: emails }), ['Ivan', kept]);
    assert.deepEqual(await modify({ client_aliased_name: null }), [null, kept]);
    assert.deepEqual(await modify({ client_emails: [] }), [null, []]);
  });
}

test('an empty field is null or [], and otherwise has its value', async () => {
  const empty = await emptyTicket();
  const full = await fullTicket();
  for (const [shape, bare, rich] of [
    [ticket, empty.ticket, full.ticket],
    [comment, empty.comment, full.comment],
    [vote, empty.vote, full.vote],
  ] as const) {
    assertShape(bare, shape, 'empty');
    assertShape(rich, shape, 'full');
    for (const [name, type] of Object.entries(shape)) {
      if (type.endsWith('?')) assert.deepEqual([bare[name], rich[name] === null], [null, false], name);
      if (type.endsWith('[]')) assert.deepEqual([bare[name].length, rich[name].length > 0], [0, true], name);
    }
  }
});

async function emptyTicket() {
  const { number } = await ticketIn('open', acme, agent);
  const comment = (await acme.get(`/support/tickets/${number}/comments`)).body.items[0];
  const voted = await ticketIn('resolved', acme, agent);
  return {
    ticket: (await acme.get(`/support/tickets/${number}`)).body,
    comment,
    vote: (await done(acme.post(`/support/tickets/${voted.number}/vote`, { score: 5 }))).body,
  };
}

/** A complete ticket: split off from another one whose comment has everything, too. */
async function fullTicket() {
  const more = { topic_key: 'servers', client_aliased_name: 'Ivan', client_emails: ['ivan@clients.example'] };
  const { number } = await ticketIn('replied', acme, agent, more);
  await done(agent.patch(`/staff/tickets/${number}`, { type: 'incident' }));
  const say = { body: 'See the file', files: [await uploadOf(agent)] };
  const { id } = (await done(agent.post(`/staff/tickets/${number}/comments`, say))).body;
  const voting = { score: -1, comment: 'Unclear' };
  const vote = (await done(acme.post(`/support/comments/${id}/vote`, voting))).body;
  const parting = { comment_ids: [id], summary: 'Another matter' };
  const parted = (await done(agent.post(`/staff/tickets/${number}/split`, parting))).body.number;
  const end = { score: 9, comment: 'Quick' };
  const ended = await done(acme.post(`/support/tickets/${parted}/close`, end));
  return { ticket: ended.body, comment: (await acme.get(`/support/comments/${id}`)).body, vote };
}

/** Exactly the fields of the shape and ours, each of its type, including nested objects. */
function assertShape(value: object, shape: Shape, what: string) {
  const wanted = withOurs(shape);
  assert.deepEqual(Object.keys(value).sort(), Object.keys(wanted).sort(), what);
  for (const [name, member] of Object.entries(value) as Array<[string, unknown]>) {
    const type = wanted[name] ?? '';
    assert.ok(isOf(type, member), `${name} of ${what} is ${JSON.stringify(member)}, not ${type}`);
    const inner = type.startsWith('object') ? nested[name] : undefined;
    for (const one of inner ? [member].flat() : [])
      if (one) assertShape(one, inner ?? {}, `${name} of ${what}`);
  }
}

function isOf(type: string, value: unknown): boolean {
  if (type.endsWith('?')) return value === null || isOf(type.slice(0, -1), value);
  if (type.endsWith('[]')) return Array.isArray(value) && value.every((one) => isOf(type.slice(0, -2), one));
  if (type.includes('|')) return type.split('|').some((one) => isOf(one, value));
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'date-time') return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value));
  return typeof value === type && value !== null;
}
