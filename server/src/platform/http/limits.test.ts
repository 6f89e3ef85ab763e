/** Rate limits per account and minute: exact over two processes, counting only requests that succeed. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { Caller, Response } from '#test/caller.ts';
import { type Instance, openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';

const env = {
  LIMIT_TICKETS_PER_MINUTE: '2',
  LIMIT_COMMENTS_PER_MINUTE: '60',
  LIMIT_UPLOADS_PER_MINUTE: '20',
  LIMIT_READS_PER_MINUTE: '7',
  LIMIT_VOTES_PER_MINUTE: '6',
  LIMIT_CHANGES_PER_MINUTE: '5',
};
const instance = await openInstance({ env });
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const agent = await instance.staff('agent');

const opened = { summary: 'Disk full', comment_body: 'Help' };
type Kind = 'tickets' | 'comments' | 'uploads' | 'reads' | 'votes' | 'changes';

/** A new account for each test, as two callers, one per process. */
async function newAccount(): Promise<[Caller, Caller]> {
  const name = randomUUID();
  return [await instance.client(name), await otherProcess.client(name)];
}

/** A ticket opened by staff, which uses none of the client's limit. */
async function ticketFor({ accountId }: Caller): Promise<number> {
  return (await agent.post('/staff/tickets', { account_id: accountId, ...opened })).body.number;
}

async function used({ accountId }: Caller, kind: Kind): Promise<unknown> {
  const [row] = await instance.query('select used from rate_limits where account_id = $1 and kind = $2', [
    accountId,
    kind,
  ]);
  return row?.used ?? 0;
}

/** Moves the start of the account's current minute this many seconds into the past. */
async function beganAgo({ accountId }: Caller, kind: Kind, seconds: number) {
  await instance.query(
    `update rate_limits
     set since = clock_timestamp() - make_interval(secs => $3)
     where account_id = $1 and kind = $2`,
    [accountId, kind, seconds],
  );
}

function assertLimited(response: Response, kind: Kind, max: number) {
  assertProblem(response, 429, 'too_many_requests');
  const retryAfter = Number(response.headers['retry-after']);
  assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 60, `${retryAfter}`);
  assert.equal(response.headers['ratelimit-policy'], `"${kind}";q=${max};w=60`);
  assert.equal(response.headers.ratelimit, `"${kind}";r=0;t=${retryAfter}`);
}

/** Sends 50 requests at once by default, alternating between the processes, and expects exactly `max` to succeed. */
async function assertExact(
  kind: Kind,
  max: number,
  callers: [Caller, Caller],
  send: (caller: Caller) => Promise<Response>,
  requests = 50,
) {
  const responses = await Promise.all(
    Array.from({ length: requests }, (_, i) => send(callers[i % 2 ? 1 : 0])),
  );
  const accepted = responses.filter(({ status }) => status === 200);
  assert.equal(accepted.length, max);
  for (const response of responses) if (response.status !== 200) assertLimited(response, kind, max);
  const rests = accepted.map(({ headers }) => Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]));
  assert.deepEqual(
    rests.sort((a, b) => b - a),
    Array.from({ length: max }, (_, i) => max - 1 - i),
    'each is told what is left',
  );
  assert.equal(await used(callers[0], kind), max);
}

const rows = async (table: string, { accountId }: Caller) =>
  (await instance.query(`select from ${table} where account_id = $1`, [accountId])).length;

test('of 50 tickets at once over two processes exactly two are opened', async () => {
  const account = await newAccount();
  await assertExact('tickets', 2, account, (caller) => caller.post('/support/tickets', opened));
  assert.equal(await rows('tickets', account[0]), 2);
});

test('of 38 uploads at once over two processes exactly twenty are stored', async () => {
  const account = await newAccount();
  await assertExact('uploads', 20, account, (caller) => caller.upload('log.txt', 'a line'), 38);
  assert.equal(await rows('files', account[0]), 20);
});

test('of 70 comments over two processes exactly sixty are written, including reopenings', async () => {
  const account = await newAccount();
  const number = await ticketFor(account[0]);
  const closed = await ticketFor(account[0]);
  await account[0].post(`/support/tickets/${closed}/close`);
  const before = await rows('comments', account[0]);

  assert.equal(
    (await account[0].post(`/support/tickets/${closed}/reopen`, { body: 'It is back' })).status,
    200,
  );
  for (let i = 0; i < 19; i++) {
    assert.equal(
      (await account[i % 2 ? 1 : 0].post(`/support/tickets/${number}/comments`, { body: 'More' })).status,
      200,
    );
  }
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      account[i % 2 ? 1 : 0].post(`/support/tickets/${number}/comments`, { body: 'More' }),
    ),
  );
  assert.equal(responses.filter(({ status }) => status === 200).length, 40);
  for (const response of responses) if (response.status !== 200) assertLimited(response, 'comments', 60);
  assert.equal((await rows('comments', account[0])) - before, 60);
  await account[0].post(`/support/tickets/${closed}/close`);
  assertLimited(
    await account[0].post(`/support/tickets/${closed}/reopen`, { body: 'Again' }),
    'comments',
    60,
  );
});

test('a successful response says what is left and when the minute ends', async () => {
  const [client] = await newAccount();
  const { headers } = await client.post('/support/tickets', opened);
  assert.equal(headers['ratelimit-policy'], '"tickets";q=2;w=60');
  assert.match(String(headers.ratelimit), /^"tickets";r=1;t=(59|60)$/);
  assert.equal(headers['retry-after'], undefined);
  await beganAgo(client, 'tickets', 20);
  assert.match(
    String((await client.post('/support/tickets', opened)).headers.ratelimit),
    /^"tickets";r=0;t=(39|40)$/,
  );
});

test('the limits of accounts, and of tickets, comments and uploads, are independent', async () => {
  const [first] = await newAccount();
  const [second] = await newAccount();
  for (let i = 0; i < 3; i++) await first.post('/support/tickets', opened);
  assert.equal((await second.post('/support/tickets', opened)).status, 200);
  assert.equal((await first.upload('log.txt', 'a line')).status, 200);
  const number = await ticketFor(first);
  assert.equal((await first.post(`/support/tickets/${number}/comments`, { body: 'More' })).status, 200);
  assert.equal(
    (await agent.post(`/staff/tickets/${number}/comments`, { body: 'More' })).headers.ratelimit,
    undefined,
  );
});

test('the limit resets one minute after the first request', async () => {
  const [client] = await newAccount();
  for (let i = 0; i < 2; i++) await client.post('/support/tickets', opened);
  await beganAgo(client, 'tickets', 59);
  const early = await client.post('/support/tickets', opened);
  assertLimited(early, 'tickets', 2);
  assert.equal(early.headers['retry-after'], '1');
  await beganAgo(client, 'tickets', 60);
  assert.equal((await client.post('/support/tickets', opened)).status, 200);
  assert.equal(await used(client, 'tickets'), 1, 'a new minute has begun');
});

test('setting the clock back does not lock an account out', async () => {
  const [client] = await newAccount();
  for (let i = 0; i < 2; i++) await client.post('/support/tickets', opened);
  await beganAgo(client, 'tickets', -3600);
  assert.equal((await client.post('/support/tickets', opened)).status, 200);
});

test('a replay under an Idempotency-Key does not count', async () => {
  const [client, other] = await newAccount();
  const key = { 'idempotency-key': randomUUID() };
  const first = await client.post('/support/tickets', opened, key);
  for (let i = 0; i < 5; i++) {
    const again = await (i % 2 ? client : other).post('/support/tickets', opened, key);
    assert.equal(again.text, first.text);
    assert.equal(again.headers['idempotency-replayed'], 'true');
  }
  assert.equal(await used(client, 'tickets'), 1);
  assert.equal((await client.post('/support/tickets', opened)).status, 200);
  assert.equal(
    (await client.post('/support/tickets', opened, key)).status,
    200,
    'a replay works when nothing is left',
  );
});

test('refused requests do not count', async () => {
  const [client] = await newAccount();
  const number = await ticketFor(client);
  const closed = await ticketFor(client);
  await client.post(`/support/tickets/${closed}/close`);
  const refusals = [
    await client.post('/support/tickets', { ...opened, summary: '' }),
    await client.post('/support/tickets', { ...opened, topic_key: 'nothing' }),
    await client.post('/support/tickets', { ...opened, files: [randomUUID()] }),
    await client.post('/support/tickets/1/comments', { body: 'More' }),
    await client.post(`/support/tickets/${closed}/comments`, { body: 'More' }),
    await client.post(`/support/tickets/${number}/reopen`, { body: 'More' }),
    await client.post(`/support/tickets/${number}/comments`, { body: 'More' }, { 'if-match': '"999-a"' }),
    await client.post(`/support/tickets/${number}/comments`, { body: 'More', files: [randomUUID()] }),
    await client.upload('virus.exe', 'MZ'),
    await client.upload('empty.txt', ''),
  ];
  assert.deepEqual(
    refusals.map(({ status }) => status),
    [400, 400, 400, 404, 409, 409, 412, 400, 415, 400],
  );
  for (const kind of ['tickets', 'comments', 'uploads'] as const)
    assert.equal(await used(client, kind), 0, kind);
});

test('marking as read, voting and changing a ticket each have their own exact limit', async () => {
  const account = await newAccount();
  const number = await ticketFor(account[0]);
  const response = await agent.post(`/staff/tickets/${number}/comments`, {
    body: 'Done',
    status_key: 'resolved',
  });
  const ticket = `/support/tickets/${number}`;
  const sends: Record<string, [Kind, number, (caller: Caller) => Promise<Response>]> = {
    read: ['reads', 7, (caller) => caller.post(`${ticket}/read`)],
    vote: [
      'votes',
      6,
      (caller) =>
        caller === account[0]
          ? caller.post(`${ticket}/vote`, { score: 9 })
          : caller.post(`/support/comments/${response.body.id}/vote`, { score: 1 }),
    ],
    change: [
      'changes',
      5,
      (caller) => {
        const change = { client_aliased_name: 'Ivan' };
        return caller === account[0] ? caller.patch(ticket, change) : caller.put(ticket, change);
      },
    ],
  };
  for (const [kind, max, send] of Object.values(sends)) await assertExact(kind, max, account, send, 20);
});

test('a request over the limit does not extend the wait', async () => {
  const [client] = await newAccount();
  for (let i = 0; i < 2; i++) await client.post('/support/tickets', opened);
  await beganAgo(client, 'tickets', 30);
  for (let i = 0; i < 5; i++) {
    const wait = Number((await client.post('/support/tickets', opened)).headers['retry-after']);
    assert.ok(wait <= 30, `${wait}`);
  }
});

test('a limit of 0 means unlimited', async () => {
  const unlimited: Instance = await openInstance();
  try {
    const client = await unlimited.client('acme');
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => client.post('/support/tickets', opened)),
    );
    assert.ok(responses.every(({ status, headers }) => status === 200 && headers.ratelimit === undefined));
  } finally {
    await unlimited.close();
  }
});
