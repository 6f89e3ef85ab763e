/** Lists of comments are limited in bytes and can be read in windows. Only what was listed is marked as read. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { longTicket } from '#test/long-tickets.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { listen } from '#test/sse.ts';
import { done, merged, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const withoutMarks = await instance.client('acme', { marks_read: false });
const agent = await instance.staff('agent');
const long = await longTicket(instance, acme, agent, 60); // 12 MB

interface Listed {
  id: number;
  body: string;
  is_client_read: boolean;
}

const url = (number: number, query = '') => `/support/tickets/${number}/comments${query}`;
const staffUrl = (number: number, query = '') => `/staff/tickets/${number}/comments${query}`;
const idsOf = ({ body }: Response): number[] => body.items.map(({ id }: Listed) => id);
const nextOf = ({ headers }: Response) => /^<([^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1];
const idsIn = async (number: number) =>
  (
    await instance.query<{ id: number }>('select id from comments where ticket_number = $1 order by id', [
      number,
    ])
  ).map(({ id }) => id);
const unreadIn = async (number: number) =>
  (
    await instance.query<{ id: number }>(
      'select id from comments where ticket_number = $1 and not is_client_read order by id',
      [number],
    )
  ).map(({ id }) => id);

/** All responses from this one on, following the next links. */
async function follow(who: Caller, first: string): Promise<Response[]> {
  const responses: Response[] = [];
  for (
    let next: string | undefined = first;
    next !== undefined;
    next = nextOf(responses.at(-1) as Response)
  ) {
    responses.push(await done(who.get(next)));
  }
  return responses;
}

/** A ticket with ten short comments, and their ids. */
async function short() {
  const { number } = await ticketIn('open', acme, agent);
  for (let i = 0; i < 9; i++) await done(agent.post(staffUrl(number), { body: `Reply ${i}` }));
  return { number, ids: await idsIn(number) };
}

test('a list of 12 MB is split into parts that follow one another, each within the limit', async () => {
  for (const sort of ['', '?sort=id', '?sort=-id']) {
    const responses = await follow(withoutMarks, url(long.number, sort));
    assert.equal(responses.length, 2);
    for (const { text } of responses) assert.ok(Buffer.byteLength(text) < 8_600_000, `${text.length}`);
    const ids = responses.flatMap(idsOf);
    if (sort === '?sort=-id') ids.reverse();
    assert.deepEqual(ids, await idsIn(long.number));
    assert.equal(responses[0]?.body.items[5].body, '😀'.repeat(50_000));
  }
});

test('a short ticket is listed completely, without a next link', async () => {
  const { number, ids } = await short();
  const response = await acme.get(url(number));
  assert.deepEqual(idsOf(response), ids);
  assert.equal(response.headers.link, undefined);
});

test('a window has the comments between two ids, up to the limit, in the requested order', async () => {
  const { number, ids } = await short();
  const [third, seventh] = [ids[2], ids[6]];
  const windows: Record<string, number[]> = {
    [`?after=${third}`]: ids.slice(3),
    [`?before=${third}`]: ids.slice(0, 2),
    [`?after=${third}&before=${seventh}`]: ids.slice(3, 6),
    [`?after=${seventh}&before=${third}`]: [],
    '?limit=4': ids.slice(0, 4),
    '?limit=1000': ids,
    '?sort=-id&limit=4': ids.slice(-4).reverse(),
    [`?sort=-id&before=${seventh}&limit=3`]: ids.slice(3, 6).reverse(),
    [`?after=${ids.at(-1)}`]: [],
  };
  for (const [query, expected] of Object.entries(windows)) {
    const responses = [
      await done(withoutMarks.get(url(number, query))),
      await done(agent.get(staffUrl(number, query))),
    ];
    for (const response of responses) {
      assert.deepEqual(idsOf(response), expected, query);
      const isCut = /limit=[34]$/.test(query);
      assert.equal(nextOf(response) !== undefined, isCut, query);
    }
    assert.equal(responses[1]?.body.has_more, /limit=[34]$/.test(query));
  }
  for (const who of [withoutMarks, agent]) {
    const path = who === agent ? staffUrl(number, '?limit=3&sort=-id') : url(number, '?limit=3&sort=-id');
    assert.deepEqual((await follow(who, path)).flatMap(idsOf), ids.toReversed());
  }
});

test('an invalid window is refused', async () => {
  for (const query of [
    '?limit=0',
    '?limit=1001',
    '?limit=x',
    '?after=0',
    '?before=-1',
    '?sort=created',
    '?after=',
  ]) {
    assertProblem(await acme.get(url(long.number, query)), 400, 'invalid_request', query);
    assertProblem(await agent.get(staffUrl(long.number, query)), 400, 'invalid_request', query);
  }
});

test('only what was listed is marked as read, in a long list and in a window', async () => {
  const { number, ids } = await short();
  const [, ...responses] = ids;
  await done(acme.get(url(number, '?limit=4')));
  assert.deepEqual(await unreadIn(number), ids.slice(4));
  await done(acme.get(url(number, '?sort=-id&limit=2')));
  assert.deepEqual(await unreadIn(number), ids.slice(4, -2));
  assert.equal((await acme.get(`/support/tickets/${number}`)).body.is_client_read, false);
  const { body } = await done(acme.get(url(number)));
  assert.deepEqual(
    body.items.map((one: Listed) => one.is_client_read),
    ids.map((id) => !responses.slice(3, -2).includes(id)),
  );
  assert.equal((await acme.get(`/support/tickets/${number}`)).body.is_client_read, true);

  const own = await longTicket(instance, acme, agent, 50);
  const first = await done(acme.get(url(own.number)));
  assert.ok(
    first.body.items.some((one: Listed) => !one.is_client_read),
    'shown as it was before',
  );
  const listed = new Set(idsOf(first));
  assert.deepEqual(
    await unreadIn(own.number),
    own.ids.filter((id, i) => !listed.has(id) && (i + 1) % 3 !== 0),
  );
  await follow(acme, url(own.number));
  assert.deepEqual(await unreadIn(own.number), []);
});

test('HEAD, a 304, a token without marking and a request not to mark leave a long list unread, too', async () => {
  const response = await done(withoutMarks.get(url(long.number)));
  const known = { 'if-none-match': String(response.headers.etag) };
  await storingNothing(instance, async () => {
    const unchanged = await acme.get(url(long.number), known);
    assert.deepEqual([unchanged.status, unchanged.text], [304, '']);
    assert.equal(unchanged.headers.etag, response.headers.etag);
    const head = await acme.send({ method: 'HEAD', url: url(long.number) });
    assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', response.headers.etag]);
    await done(acme.get(url(long.number), { prefer: 'read-receipt=none' }));
  });
});

test('the ETag of a window protects a comment like that of the whole list', async () => {
  const { number } = await short();
  const { etag } = (await withoutMarks.get(url(number, '?limit=2&sort=-id'))).headers;
  await done(acme.post(url(number), { body: 'First' }, { 'if-match': String(etag) }));
  assertProblem(await acme.post(url(number), { body: 'Late' }, { 'if-match': String(etag) }), 412);
});

test('a 412 has the first missed comments, and says whether there are more', async () => {
  const { number } = await short();
  const { etag } = (await withoutMarks.get(`/support/tickets/${number}`)).headers;
  await instance.query(
    `insert into comments (account_id, ticket_number, body, is_client_author, is_client_read, ticket_version)
     select account_id, number, repeat('😀', 50000), false, false, version + i
     from tickets, generate_series(1, 20) as i where number = $1`,
    [number],
  );
  await instance.query('update tickets set version = version + 20 where number = $1', [number]);
  const ids = await idsIn(number);
  const responses = [
    await acme.post(url(number), { body: 'Late' }, { 'if-match': String(etag) }),
    await agent.post(staffUrl(number), { body: 'Late', last_comment_id: ids[9] }),
  ];
  for (const response of responses) {
    assertProblem(response, 412, 'changed_meanwhile', response.text.slice(0, 200));
    assert.ok(response.text.length < 1_500_000);
    assert.deepEqual(
      response.body.comments.map(({ id }: Listed) => id),
      ids.slice(10, 15),
    );
    assert.equal(response.body.has_more_comments, true);
  }
  const next = await agent.post(staffUrl(number), { body: 'Late', last_comment_id: ids.at(-2) });
  assert.deepEqual([next.body.comments.length, next.body.has_more_comments], [1, false]);
});

test('a ticket for staff has its newest comments in order, and says whether there are earlier ones', async () => {
  const { body, text } = await done(agent.get(`/staff/tickets/${long.number}`));
  assert.ok(text.length < 2_000_000);
  const ids = body.comments.map(({ id }: Listed) => id);
  assert.deepEqual(ids, (await idsIn(long.number)).slice(-ids.length));
  assert.ok(ids.length >= 4);
  assert.equal(body.has_earlier_comments, true);
  const earlier = await follow(agent, staffUrl(long.number, `?sort=-id&before=${ids[0]}`));
  assert.deepEqual([...earlier.flatMap(idsOf).reverse(), ...ids], await idsIn(long.number));

  const { number } = await ticketIn('replied', acme, agent);
  await instance.query(
    `insert into comments (account_id, ticket_number, body, is_client_author, is_client_read, ticket_version)
     select account_id, number, 'x', true, true, 1 from tickets, generate_series(1, 120) where number = $1`,
    [number],
  );
  const many = (await done(agent.get(`/staff/tickets/${number}`))).body;
  assert.deepEqual(
    many.comments.map(({ id }: Listed) => id),
    (await idsIn(number)).slice(-100),
  );
  assert.equal(many.has_earlier_comments, true);
});

test('the list of a merged ticket has windows, too, and says in which ticket its comments are', async () => {
  const { number } = await merged(acme, agent);
  const whole = await done(agent.get(staffUrl(number)));
  assert.equal(whole.body.items.length, 2);
  assert.notEqual(whole.body.items[0].splitted_to_ticket_number, null);
  const parts = await follow(agent, staffUrl(number, '?limit=1'));
  assert.deepEqual(
    parts.flatMap(({ body }) => body.items),
    whole.body.items,
  );
});

test('a list that fails while it is sent is invalid JSON, and marks nothing', async () => {
  const broken = await longTicket(instance, acme, agent, 20);
  const base = await listen(instance);
  // Makes the second look-up of the last comment's author fail: the first is for the ETag, and by the second most of
  // the list has been sent.
  await instance.query('update comments set user_id = $2 where id = $1', [broken.ids.at(-1), 'lost']);
  await instance.query("insert into contacts (account_id, user_id, name) values ($1, 'lost', 'Lost')", [
    acme.accountId,
  ]);
  await instance.query('alter table contacts rename to kept_users');
  await instance.query('create sequence look_ups');
  await instance.query(
    `create view contacts as
     select account_id, user_id, (1 / (2 - nextval('look_ups')))::text as name, email from kept_users`,
  );
  const before = await unreadIn(broken.number);
  const response = await fetch(base + url(broken.number), { headers: { 'x-token': acme.token } });
  assert.equal(response.status, 200);
  await assert.rejects(response.text());
  await instance.query('drop view contacts');
  await instance.query('alter table kept_users rename to contacts');
  assert.deepEqual(await unreadIn(broken.number), before);
  const whole = await fetch(base + url(broken.number), { headers: { 'x-token': acme.token } });
  assert.equal(((await whole.json()) as { items: [] }).items.length, 22);
});
