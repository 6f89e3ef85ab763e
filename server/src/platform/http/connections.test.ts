/** Peers that never close, never read or never send the rest: none of them keeps a file descriptor open. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import Fastify from 'fastify';
import { eventually } from '#test/eventually.ts';
import { countConnections, openInstance } from '#test/instance.ts';
import { boundConnections } from './connections.ts';

const instance = await openInstance({ env: { MAX_CONNECTIONS: '250' } });
await instance.app.listen({ port: 0, host: '127.0.0.1' });
instance.app.server.headersTimeout = 50; // 10 seconds are too long for a test
const acme = await instance.client('acme');
const peers = new Set<Socket>();
after(async () => {
  for (const peer of peers) peer.destroy();
  await instance.close();
});

const portOf = (app: { server: { address(): unknown } }) => (app.server.address() as AddressInfo).port; // it listens on a port

/** A peer that sends and reads, and never closes its side of the connection. */
function peer(bytes: string, port = portOf(instance.app)) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  peers.add(socket);
  const seen = { text: '', isEnded: false };
  socket.on('data', (chunk) => {
    seen.text += chunk;
  });
  const end = () => {
    seen.isEnded = true;
  };
  socket.on('end', end).on('error', end).write(bytes);
  return Object.assign(seen, { socket });
}

const head = (line: string, headers = '') => `${line} HTTP/1.1\r\nhost: instance.example\r\n${headers}\r\n`;

test('a peer that does not close after the last response keeps no descriptor open', async () => {
  const last = {
    408: head('GET /support/topics').slice(0, -2),
    431: head('GET /support/topics', `x-padding: ${'a'.repeat(17_000)}\r\n`),
    400: 'hello\r\n\r\n',
    405: head('CONNECT other.example:443'),
    404: head('GET /nothing', 'connection: close\r\n'),
  };
  for (const [status, bytes] of Object.entries(last)) {
    const half = Array.from({ length: 40 }, () => peer(bytes));
    await eventually(() => half.every(({ isEnded }) => isEnded));
    for (const { text } of half) assert.match(text, new RegExp(`^HTTP/1.1 ${status} `));
  }
  await eventually(async () => (await countConnections(instance)) === 0);
});

test('a refused body is not waited for', async () => {
  const json = 'content-type: application/json\r\n';
  const refused = {
    401: head('POST /support/tickets', `${json}content-length: 1000000\r\n`),
    404: head('POST /nothing', `${json}content-length: 1000000\r\n`),
    413: head('POST /staff/session', `${json}content-length: 1000000\r\n`),
    415: head('POST /support/tickets', `x-token: ${acme.token}\r\ncontent-length: 1000000\r\n`),
  };
  for (const [status, bytes] of Object.entries(refused)) {
    const slow = Array.from({ length: 40 }, () => peer(`${bytes}{`));
    await eventually(() => slow.every(({ text }) => text.startsWith(`HTTP/1.1 ${status} `)));
  }
  await eventually(async () => (await countConnections(instance)) === 0);
});

test('an idle keep-alive connection and a stalled upload end in time', async () => {
  const { server } = instance.app;
  const { keepAliveTimeout, requestTimeout } = server;
  Object.assign(server, { keepAliveTimeout: 50, requestTimeout: 50 });
  try {
    const kept = Array.from({ length: 20 }, () => peer(head('GET /health/live')));
    const multipart = 'content-type: multipart/form-data; boundary=b\r\ncontent-length: 1000000\r\n';
    const upload = head('POST /files/public/files', `x-token: ${acme.token}\r\n${multipart}`);
    const form = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nHelp';
    const slow = Array.from({ length: 20 }, () => peer(upload + form));
    await eventually(() => [...kept, ...slow].every(({ isEnded }) => isEnded));
    for (const { text } of kept) assert.match(text, /^HTTP\/1.1 200 /);
    for (const { text } of slow) assert.match(text, /^HTTP\/1.1 408 /);
    await eventually(async () => (await countConnections(instance)) === 0);
    await eventually(() =>
      readdirSync(instance.folder, { recursive: true, withFileTypes: true }).every((one) => !one.isFile()),
    );
  } finally {
    Object.assign(server, { keepAliveTimeout, requestTimeout });
  }
});

test('connections beyond MAX_CONNECTIONS are closed at once and counted', async () => {
  const idle = Array.from({ length: 250 }, () => peer(''));
  await eventually(async () => (await countConnections(instance)) === 250);
  const more = Array.from({ length: 20 }, () => peer(''));
  await eventually(() => more.every(({ isEnded }) => isEnded));
  const { text } = await instance.anonymous.get('/metrics');
  assert.match(text, /^paneldesk_connections 250$/m);
  assert.match(text, /^paneldesk_connections_refused 20$/m);
  for (const { socket } of idle) socket.destroy();
  await eventually(async () => (await countConnections(instance)) === 0);
  const next = peer(head('GET /support/topics', `x-token: ${acme.token}\r\n`));
  await eventually(() => next.text.startsWith('HTTP/1.1 200 '));
});

test('a peer that reads a response too slowly is disconnected', async () => {
  const app = Fastify({ forceCloseConnections: true });
  after(() => app.close());
  boundConnections(app, 100, { graceMs: 100, minBytesPerMs: 1_000_000, checkEveryMs: 20 });
  let asked = 0;
  app.get('/large', () => {
    asked++;
    return 'a'.repeat(8_000_000);
  });
  app.get(
    '/events',
    (_request, { raw }) => void raw.setHeader('content-type', 'text/event-stream').write(':'),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const open = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  const stream = peer(head('GET /events'), portOf(app));
  await eventually(() => stream.text !== '');
  for (let i = 0; i < 10; i++) peer(head('GET /large'), portOf(app)).socket.pause();
  await eventually(() => asked === 10);
  await eventually(async () => (await open()) === 1);
  assert.equal(stream.isEnded, false, 'a stream is no response that could end');
});
