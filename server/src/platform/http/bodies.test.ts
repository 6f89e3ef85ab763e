/** Bodies that are too large, too slow or too many at once, over real connections. */
import assert from 'node:assert/strict';
import { type AddressInfo, connect } from 'node:net';
import { after, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Caller } from '#test/caller.ts';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { readBodies } from './bodies.ts';
import { allowOrigins } from './cors.ts';
import { handleErrors } from './errors.ts';

const MIB = 1_048_576;
const instance = await openInstance({ env: { MAX_BODY_BYTES_IN_PROGRESS: String(4 * MIB) } });
await instance.app.listen({ port: 0, host: '127.0.0.1' });
const [acme, other] = [await instance.client('acme'), await instance.client('other')];
after(() => instance.close());

interface Sending {
  text: string;
  send(bytes: string): void;
  hangUp(): void;
}

/** Starts a request whose body is sent later. */
function begin(line: string, headers: string, app: Pick<FastifyInstance, 'server'> = instance.app): Sending {
  const { port } = app.server.address() as AddressInfo; // it listens on a port
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  after(() => socket.destroy());
  const sending = {
    text: '',
    send: (bytes: string) => void socket.write(bytes),
    hangUp: () => void socket.destroy(),
  };
  socket.on('data', (chunk) => {
    sending.text += chunk;
  });
  sending.send(
    `${line} HTTP/1.1\r\nhost: instance.example\r\ncontent-type: application/json\r\n${headers}\r\n`,
  );
  return sending;
}

const openingBy = ({ token }: Caller, length: number) =>
  begin('POST /support/tickets', `x-token: ${token}\r\ncontent-length: ${length}\r\n`);
const assertStatus = (sending: Sending, status: number) =>
  eventually(() => sending.text.startsWith(`HTTP/1.1 ${status} `) && sending.text.includes('"code"'));

test('a caller without a token may send 16 KiB, and is refused before the body is read', async () => {
  const declared = begin('POST /staff/session', 'content-length: 16385\r\n');
  await assertStatus(declared, 413);
  const chunked = begin('POST /staff/session', 'transfer-encoding: chunked\r\n');
  chunked.send(`4001\r\n${' '.repeat(16_385)}\r\n`);
  await assertStatus(chunked, 413);
  const whole = begin('POST /staff/session', 'content-length: 16384\r\n');
  whole.send('{}'.padEnd(16_384));
  await assertStatus(whole, 400);
  const routes = instance.app.knownRoutes.filter(({ options }) => options.config?.access === 'public');
  for (const { method, url } of routes.filter(({ method }) => method === 'POST')) {
    const status = url === '/demo/sign-in' ? 404 : 413; // without demo data there is no such page
    await assertStatus(begin(`${method} ${url}`, 'content-length: 16385\r\n'), status);
  }
});

test('a caller with a token may send 1 MiB', async () => {
  await assertStatus(openingBy(acme, MIB + 1), 413);
  const body = JSON.stringify({ summary: 'Disk full', comment_body: 'Help' });
  const largest = openingBy(acme, MIB);
  largest.send(body.padEnd(MIB));
  await eventually(() => largest.text.startsWith('HTTP/1.1 200 '));
});

test('a body that does not arrive in time gets a 408', async () => {
  const app = Fastify();
  after(() => app.close());
  handleErrors(app);
  allowOrigins(app, []);
  readBodies(app, 4 * MIB, 100);
  app.post('/', async ({ body }) => body);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const slow = begin('POST /', 'content-length: 10\r\n', app);
  slow.send('{');
  await assertStatus(slow, 408);
  assert.match(slow.text, /connection: close/i);
  const quick = begin('POST /', 'content-length: 2\r\n', app);
  quick.send('{}');
  await eventually(() => quick.text.startsWith('HTTP/1.1 200 '));
});

test('one caller cannot fill the memory with bodies, nor stop others from sending theirs', async () => {
  const first = openingBy(acme, 900_000);
  first.send('{'.padEnd(800_000));
  const large = { summary: 'A', comment_body: 'B'.repeat(300_000) }; // too long for a comment, but read
  const busy = await eventually(async () => {
    const response = await acme.post('/support/tickets', large);
    return response.status !== 400 && response;
  });
  assertProblem(busy, 503, 'busy');
  assert.ok(Number(busy.headers['retry-after']) > 0);
  await assertStatus(openingBy(acme, 300_000), 503); // refused by its length, before any of the body is sent
  assert.equal((await other.post('/support/tickets', large)).status, 400);
  first.hangUp();
  await eventually(async () => (await acme.post('/support/tickets', large)).status === 400);
});

test('callers without a token are counted by network: one network cannot stop others from signing in', async () => {
  const first = Array.from({ length: 65 }, () => {
    const sending = begin('POST /staff/session', 'content-length: 16384\r\n');
    sending.send('{'.padEnd(16_383));
    return sending;
  });
  const payload = { unknown: 'a'.repeat(100) };
  const signInFrom = (remoteAddress: string) =>
    instance.anonymous.send({ method: 'POST', url: '/staff/session', remoteAddress, payload });
  await eventually(async () => (await signInFrom('127.0.0.1')).status === 503);
  assert.equal((await signInFrom('203.0.113.9')).status, 400);
  for (const sending of first) sending.hangUp();
  await eventually(async () => (await signInFrom('127.0.0.1')).status === 400);
});
