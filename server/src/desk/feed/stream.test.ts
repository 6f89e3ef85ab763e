/** Live events over real connections: complete, in order, across processes, and only for those who may see them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { type Instance, openInstance } from '#test/instance.ts';
import { longTicket } from '#test/long-tickets.ts';
import { assertProblem } from '#test/refusals.ts';
import { countStreams, listen, openReader, type Reader } from '#test/sse.ts';

const instance = await openInstance();
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const acme = await instance.client('acme');
const other = await instance.client('other');
const agent = await instance.staff('agent');
const home = await listen(instance);
const onOtherProcess = callerAt(otherProcess, acme);

/** The same token at another process. */
function callerAt(there: Instance, { token }: Caller) {
  const post = (url: string, payload: object) =>
    there.app.inject({ method: 'POST', url, payload, headers: { 'x-token': token } });
  return { post };
}

const readers: Reader[] = [];
after(() => {
  for (const reader of readers) reader.close();
});

async function stream(caller: Caller, headers: Record<string, string> = {}, query = ''): Promise<Reader> {
  const path = caller.accountId ? '/support/events' : '/staff/events';
  const reader = await openReader(`${home}${path}${query}`, caller.token, headers);
  readers.push(reader);
  return reader;
}

const open = async (caller: Caller = acme): Promise<number> =>
  (await caller.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body.number;
const comment = (number: number, body: string) => acme.post(`/support/tickets/${number}/comments`, { body });
const bodies = ({ frames }: Reader): string[] => frames.map(({ data }) => data.comment?.body).filter(Boolean);

test('a stream says how to reconnect, then sends each event with its cursor, type and subject', async () => {
  const reader = await stream(acme);
  assert.equal(reader.status, 200);
  assert.equal(reader.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.equal(reader.headers.get('cache-control'), 'no-store');
  await eventually(() => reader.text !== '');
  assert.match(reader.text, /^retry: \d+\nid: \d+\.\d+\.\d+\n/);
  const number = await open();
  const [frame] = await reader.until(1);
  assert.equal(frame?.event, 'ticket.opened');
  assert.equal(frame?.id, frame?.data.cursor);
  assert.deepEqual(frame?.data.ticket, (await acme.get(`/support/tickets/${number}`)).body);
  assert.deepEqual(Object.keys(frame?.data ?? {}).sort(), [
    'actor_kind',
    'comment',
    'created_at',
    'cursor',
    'ticket',
    'type',
  ]);
  reader.close();
});

test('a stream starts with the next event', async () => {
  await open();
  const reader = await stream(acme);
  const number = await open();
  const frames = await reader.until(1);
  assert.deepEqual(
    frames.map(({ data }) => data.ticket.number),
    [number],
  );
  reader.close();
});

test('a client gets events of its own account, never of another one and never of notes', async () => {
  const [mine, theirs] = [await stream(acme), await stream(other)];
  const number = await open();
  await open(other);
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'canary of a note', internal: true });
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'A public response' });
  await agent.patch(`/staff/tickets/${number}`, { type: 'incident' });
  const frames = await mine.until(3);
  assert.deepEqual(
    frames.map(({ event }) => event),
    ['ticket.opened', 'ticket.commented', 'ticket.changed'],
  );
  assert.ok(frames.every(({ data }) => data.ticket.number === number));
  assert.equal((await theirs.until(1)).length, 1);
  assert.doesNotMatch(mine.text + theirs.text, /canary|internal|staff_id|close_reason|account_id/);
  mine.close();
  theirs.close();
});

test('staff get all events, including notes and the instance itself', async () => {
  const reader = await stream(agent);
  const number = await open(other);
  await agent.post(`/staff/tickets/${number}/comments`, { body: 'Look', internal: true });
  await instance.client('third');
  const frames = await reader.until(3);
  assert.deepEqual(
    frames.map(({ event }) => event),
    ['ticket.opened', 'ticket.noted', 'account.created'],
  );
  assert.equal(frames[1]?.data.comment.body, 'Look');
  assert.equal(frames[1]?.data.account_id, other.accountId);
  reader.close();
});

test('events of one process reach streams of another within a second', async () => {
  const reader = await stream(acme);
  const number = await open();
  await reader.until(1);
  for (let i = 1; i <= 5; i++) {
    const started = performance.now();
    await onOtherProcess.post(`/support/tickets/${number}/comments`, { body: `From the otherProcess ${i}` });
    await reader.until(1 + i);
    assert.ok(performance.now() - started < 1000, `${performance.now() - started} ms`);
  }
  reader.close();
});

test('events arrive also when their notification is lost', async () => {
  const reader = await stream(acme);
  const [killed] = await instance.query<{ count: number }>(
    `select count(pg_terminate_backend(pid))
     from pg_stat_activity
     where application_name = 'paneldesk listen' and datname = current_database()`,
  );
  assert.equal(killed?.count, 2, 'one of each process');
  await onOtherProcess.post('/support/tickets', { summary: 'Disk full', comment_body: 'Unheard' });
  assert.equal((await reader.until(1)).length, 1);
  await eventually(async () => {
    const listening = await instance.query(
      `select from pg_stat_activity where application_name = 'paneldesk listen' and datname = current_database()`,
    );
    return listening.length === 2;
  });
  reader.close();
});

test('a reader that is disconnected again and again misses nothing and gets nothing twice', async () => {
  const numbers = await Promise.all(Array.from({ length: 4 }, () => open()));
  let reader = await stream(acme); // opened before the first comment is written: a stream starts with the next event
  const written: string[] = [];
  let isWriting = true;
  const writing = Promise.all(
    numbers.map(async (number, of) => {
      for (let i = 0; i < 50; i++) {
        const body = `${of}/${i}`;
        if (of % 2) await comment(number, body);
        else await onOtherProcess.post(`/support/tickets/${number}/comments`, { body });
        written.push(body);
      }
    }),
  ).then(() => {
    isWriting = false;
  });
  // A new stream starts at the oldest transaction in progress on the server, so the openings may be sent, too.
  const comments = (reader: Reader) => bodies(reader).filter((body) => body.includes('/'));
  const heard: string[] = [];
  let [cursor, cuts] = ['', 0];
  const cut = () => {
    heard.push(...comments(reader));
    cursor = reader.lastId;
    reader.close();
  };
  while (isWriting) {
    const count = reader.frames.length;
    await eventually(() => reader.frames.length > count || !isWriting);
    if (!isWriting) break;
    cut();
    cuts++;
    await reader.ended;
    reader = await stream(acme, { 'last-event-id': cursor });
  }
  await writing;
  await eventually(() => heard.length + comments(reader).length >= written.length);
  cut();
  assert.deepEqual([...heard].sort(), [...written].sort());
  for (const [of] of numbers.entries()) {
    const own = heard.filter((body) => body.startsWith(`${of}/`));
    assert.deepEqual(
      own,
      [...own.keys()].map((i) => `${of}/${i}`),
      'in the order of writing',
    );
  }
  assert.ok(cuts > 3, `${cuts} cuts`);
});

test('a reader far behind gets the longest comments one after another', async () => {
  const reader = await stream(agent);
  const own = await instance.client('wordy');
  const { ids } = await longTicket(instance, own, agent, 30); // 6 MB
  const heard = () => reader.frames.map(({ data }) => data.comment?.id).filter((id) => ids.includes(id));
  await eventually(() => heard().length >= ids.length);
  assert.deepEqual(heard(), ids);
  reader.close();
});

test('a stream continues after a cursor, and Last-Event-ID takes precedence', async () => {
  const first = await stream(acme);
  await open();
  await open();
  const [one, two] = await first.until(2);
  const third = await open();
  const byQuery = await stream(acme, {}, `?after=${one?.id}`);
  assert.equal((await byQuery.until(2))[0]?.id, two?.id);
  const byHeader = await stream(acme, { 'last-event-id': String(two?.id) }, `?after=${one?.id}`);
  assert.equal((await byHeader.until(1))[0]?.data.ticket.number, third);
  for (const reader of [first, byQuery, byHeader]) reader.close();
});

test('a caller without access, or with an invalid cursor, is refused', async () => {
  assertProblem(await instance.anonymous.get('/support/events'), 401, 'unauthorized');
  assertProblem(await agent.get('/support/events'), 403, 'forbidden');
  assertProblem(await acme.get('/staff/events', { accept: 'text/event-stream' }), 403, 'forbidden');
  for (const cursor of ['x', '1.2', '1.010.1', '1.2.3, 1.2.3', `1.${'9'.repeat(30)}.1`]) {
    assertProblem(
      await acme.get('/support/events', { 'last-event-id': cursor }),
      400,
      'invalid_cursor',
      cursor,
    );
    assertProblem(
      await acme.get(`/support/events?after=${encodeURIComponent(cursor)}`),
      400,
      'invalid_cursor',
      cursor,
    );
  }
});

test('a token that is disabled closes its streams within 5 seconds, and no others', async () => {
  const refused = {
    revoked: await instance.client('acme'),
    disabled: await instance.client('acme'),
    expired: await instance.client('acme'),
    'of disabled staff': await instance.staff('agent'),
  };
  const ending = await Promise.all(Object.values(refused).map((caller) => stream(caller)));
  const staying = [await stream(acme), await stream(agent)];
  const admin = await instance.staff('admin');
  const started = performance.now();
  await admin.delete(`/staff/tokens/${refused.revoked.tokenId}`);
  await admin.patch(`/staff/tokens/${refused.disabled.tokenId}`, { is_enabled: false });
  await instance.query('update tokens set expires_at = now() where token_id = $1', [refused.expired.tokenId]);
  await instance.query(
    'update staff set disabled_at = now() where staff_id = (select staff_id from tokens where token_id = $1)',
    [refused['of disabled staff'].tokenId],
  );
  await Promise.all(ending.map(({ ended }) => ended));
  assert.ok(performance.now() - started < 5000);
  assert.ok(staying.every(({ isEnded }) => !isEnded));
  assertProblem(await refused.revoked.get('/support/events'), 401);
  for (const reader of staying) reader.close();
});

test('an account has at most 50 streams, however many it opens at once', async () => {
  const crowd = await instance.client('crowd');
  const asked = await Promise.all(Array.from({ length: 80 }, () => stream(crowd)));
  const refused = asked.filter(({ status }) => status !== 200);
  assert.equal(asked.length - refused.length, 50);
  for (const { status, headers } of refused) {
    assert.equal(status, 429);
    assert.ok(Number(headers.get('retry-after')) > 0);
  }
  const neighbour = await stream(other);
  assert.equal(neighbour.status, 200);
  for (const reader of [...asked, neighbour]) reader.close();
  await eventually(async () => (await countStreams(instance)) === 0);
  const again = await stream(crowd);
  assert.equal(again.status, 200);
  again.close();
});

test('a process that stops ends its streams and opens no more', async () => {
  const stopping = await openInstance();
  const client = await stopping.client();
  const url = `${await listen(stopping)}/support/events`;
  const readersThere = await Promise.all(Array.from({ length: 5 }, () => openReader(url, client.token)));
  await stopping.close();
  await Promise.all(readersThere.map(({ ended }) => ended));
  await assert.rejects(openReader(url, client.token));
});
