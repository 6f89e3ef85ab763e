/** Uploads are counted before their bytes arrive, refunded when they fail, and limited in number at once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { type Caller, multipart } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { listen } from '#test/sse.ts';

const env = { LIMIT_UPLOADS_PER_MINUTE: '20', LIMIT_STAFF_UPLOADS_PER_MINUTE: '5' };
const instance = await openInstance({ env });
const otherProcess = await instance.otherProcess();
after(() => instance.close());
const home = await listen(instance);

/** A new account for each test, as two callers, one per process. */
async function newAccount(): Promise<[Caller, Caller]> {
  const name = randomUUID();
  return [await instance.client(name), await otherProcess.client(name)];
}

async function used({ accountId }: Caller, kind: 'uploads' | 'begun_uploads'): Promise<unknown> {
  const [row] = await instance.query('select used from rate_limits where account_id = $1 and kind = $2', [
    accountId,
    kind,
  ]);
  return row?.used ?? 0;
}

test('an upload over the limit is refused before its bytes are sent', async () => {
  const [client] = await newAccount();
  for (let i = 0; i < 20; i++) assert.equal((await client.upload('log.txt', 'a line')).status, 200);
  const { hostname, port } = new URL(home);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /files/public/files HTTP/1.1\r\nhost: instance\r\nx-token: ${client.token}\r\ncontent-length: 20000000\r\n` +
      'content-type: multipart/form-data; boundary=b\r\n\r\n--b',
  );
  const [response] = await once(socket, 'data');
  assert.match(String(response), /^HTTP\/1\.1 429 /);
  socket.destroy();
});

test('refused uploads are refunded, but only three times as many may be started', async () => {
  const [client, other] = await newAccount();
  for (let i = 0; i < 58; i++) {
    assert.equal((await (i % 2 ? client : other).upload('a.exe', 'MZ')).status, 415);
  }
  assert.equal(await used(client, 'uploads'), 0);
  assert.equal(await used(client, 'begun_uploads'), 58);
  assert.equal((await client.upload('log.txt', 'a line')).status, 200);
  assert.equal((await other.upload('a.txt', Buffer.from('504b0304', 'hex'))).status, 415);
  const late = await client.upload('log.txt', 'a line');
  assertProblem(late, 429, 'too_many_requests');
  assert.equal(late.headers['ratelimit-policy'], '"begun_uploads";q=60;w=60');
  assert.ok(Number(late.headers['retry-after']) > 0);
  assert.equal(await used(client, 'uploads'), 1);
});

test('a replayed upload is refunded, also at another process', async () => {
  const [client, other] = await newAccount();
  const key = { 'idempotency-key': randomUUID() };
  const first = await client.upload('log.txt', 'once', key);
  assert.match(String(first.headers.ratelimit), /^"uploads";r=19;/);
  for (const caller of [client, other]) {
    assert.equal((await caller.upload('log.txt', 'once', key)).text, first.text);
    assertProblem(await caller.upload('log.txt', 'twice', key), 422, 'idempotency_key_reused');
  }
  assert.equal(await used(client, 'uploads'), 1);
});

test('a refund after its minute adds nothing to the next minute', async () => {
  const [client] = await newAccount();
  const slow = slowUpload(home, client, 'a.exe');
  await eventually(async () => (await used(client, 'uploads')) === 1);
  await instance.query(
    "update rate_limits set since = since - interval '61 s' where account_id = $1 and kind = 'uploads'",
    [client.accountId],
  );
  assert.equal((await client.upload('log.txt', 'a line')).status, 200);
  slow.finish();
  assert.match(await slow.response, /^HTTP\/1\.1 415 /);
  assert.equal(await used(client, 'uploads'), 1);
});

test('an account may have twenty uploads in progress; when one ends, another may start', async () => {
  const generous = await openInstance({ env: { LIMIT_UPLOADS_PER_MINUTE: '0' } });
  const there = await listen(generous);
  try {
    const [client, other] = [await generous.client('many'), await generous.client('other')];
    const slow = Array.from({ length: 21 }, () => slowUpload(there, client, 'a.txt'));
    const refused = await Promise.race(slow.map(async (one) => ({ one, text: await one.response })));
    assert.match(refused.text, /^HTTP\/1\.1 429 .*\r\nretry-after: 1\r\n/is);
    const [first, second] = slow.filter((one) => one !== refused.one);
    assert.equal((await client.upload('log.txt', 'a line')).status, 429);
    assert.equal((await other.upload('log.txt', 'a line')).status, 200);
    first?.finish();
    assert.match(String(await first?.response), /^HTTP\/1\.1 200 /);
    assert.equal((await client.upload('log.txt', 'a line')).status, 200);
    second?.cut();
    await eventually(async () => (await client.upload('log.txt', 'a line')).status === 200);
    for (const one of slow) one.cut();
    await eventually(async () => (await client.upload('log.txt', 'a line')).status === 200);
  } finally {
    await generous.close();
  }
});

/** An upload that has sent the start of its file, and sends the rest when told to. */
function slowUpload(home: string, { token }: Caller, name: string) {
  const { type, body } = multipart(name, 'a line');
  const { hostname, port } = new URL(home);
  const socket = connect(Number(port), hostname).on('error', () => {});
  const head = `POST /files/public/files HTTP/1.1\r\nhost: instance\r\nx-token: ${token}\r\ncontent-length: ${body.length}`;
  socket.write(`${head}\r\ncontent-type: ${type}\r\n\r\n`);
  socket.write(body.subarray(0, 40));
  return {
    response: once(socket, 'data').then(
      ([chunk]) => String(chunk),
      () => '',
    ),
    finish: () => void socket.write(body.subarray(40)),
    cut: () => void socket.destroy(),
  };
}

test('each staff member has their own upload limit', async () => {
  const [anna, boris] = [await instance.staff(), await instance.staff('agent', 'Boris')];
  const responses = await Promise.all(Array.from({ length: 12 }, () => anna.upload('log.txt', 'a line')));
  assert.equal(responses.filter(({ status }) => status === 200).length, 5);
  for (const response of responses) {
    if (response.status !== 200) assert.match(String(response.headers.ratelimit), /^"uploads";r=0;t=\d+$/);
  }
  assert.equal((await anna.upload('a.exe', 'MZ')).status, 429);
  assert.equal((await boris.upload('log.txt', 'a line')).status, 200);
});
