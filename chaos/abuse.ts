/**
 * What one caller can do to the others: hostile text, idle connections and streams, bodies that never arrive, huge
 * conversations, floods of uploads. Each must be served or refused and leave nothing behind, while requests of another
 * account continue to work.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileForm, type Response, send } from './client.ts';
import { startProbe } from './probe.ts';
import { count, percentile, type Run, scenario, seconds } from './scenario.ts';
import type { ServerProcess } from './server.ts';
import { until } from './until.ts';

const defaults = {
  texts: 20,
  connections: 200,
  streams: 300,
  bodies: 300,
  comments: 300,
  uploads: 60,
  'p99-ms': 250,
};

/** The limits that the instances of other scenarios switch off. */
const defaultLimits = {
  LIMIT_READS_PER_MINUTE: '120',
  LIMIT_VOTES_PER_MINUTE: '60',
  LIMIT_CHANGES_PER_MINUTE: '60',
};

interface Abuse extends Run<keyof typeof defaults> {
  server: ServerProcess;
  /** Tokens of the abusive account and of an agent. */
  tokens: { client: string; staff: string };
}

/** Valid texts that are expensive for their length, sent by a client and by staff, stored and searched for. */
const nastyTexts = {
  'separated letters': 'a-'.repeat(25_000),
  'combining marks': `a${'\u0315\u0300\u0316\u0334'.repeat(12_499)}`,
  'one long word': 'a'.repeat(50_000),
  'dots and signs': '.@:/_-'.repeat(8_333),
  'words of CJK': '東京都'.repeat(16_666),
  'joined emoji': '\u{1F469}\u200D'.repeat(25_000),
  quotes: '"a" '.repeat(12_500),
};

const nastyBodies = {
  'names without commas': `{${'"a":'.repeat(150_000)}`,
  'pairs of braces': '{}'.repeat(500_000),
  'pairs of brackets': '[]'.repeat(500_000),
  'open brackets': '['.repeat(1_000_000),
  backslashes: `"${'\\'.repeat(1_000_000)}`,
};

await scenario('chaos:abuse', defaults, async (run) => {
  const { instance, flags, check } = run;
  // Tickets and comments are not limited: many accounts together could send this much.
  const server = await instance.start({ env: { ...defaultLimits, LIMIT_UPLOADS_PER_MINUTE: '5' } });
  const tokens = { client: await instance.client('abuser'), staff: await instance.agent() };
  const user = await instance.client('bystander');
  const opened = await post<{ number: number }>(server, user, '/support/tickets', ticket('Probe'));
  const probe = startProbe({ url: server.url, token: user, number: opened.body.number });
  const abuse = { ...run, server, tokens };
  const quiet = await probe
    .take()
    .then(() => wait(5000))
    .then(probe.take);
  console.log(
    `  before: p99 ${percentile(
      quiet.map(({ ms }) => ms),
      0.99,
    ).toFixed(0)} ms`,
  );
  for (const step of [
    hostileText,
    idleConnections,
    vanishedReaders,
    missingBodies,
    longConversation,
    uploadFlood,
    writeFlood,
  ]) {
    await step(abuse).catch((error: Error) => check(false, `${step.name} broke off: ${error.message}`));
    const samples = await probe.take();
    const p99 = percentile(
      samples.map(({ ms }) => ms),
      0.99,
    );
    const refused = samples.filter(({ status }) => status !== 200).length;
    check(
      p99 < flags['p99-ms'] && refused === 0 && samples.length > 0,
      `${step.name}: ${count(samples.length)} requests of another account meanwhile, p99 ${p99.toFixed(0)} ms, ` +
        `${refused} without a 200`,
    );
  }
  await probe.stop();
  check(server.isRunning(), 'the server stayed up');
});

function ticket(summary: string) {
  return { summary, comment_body: summary };
}

async function post<T>(
  server: ServerProcess,
  token: string,
  path: string,
  body: unknown,
): Promise<Response<T>> {
  const response = await send<T>(`${server.url}${path}`, token, { method: 'POST', body, timeoutMs: 60_000 });
  if (!response) throw new Error(`POST ${path} got no response.`);
  return response;
}

async function hostileText({ server, tokens, flags, check }: Abuse) {
  const { number } = (
    await post<{ number: number }>(server, tokens.client, '/support/tickets', ticket('Text'))
  ).body;
  const slow = { ms: 0, what: '' };
  const note = (what: string, response: Response<unknown> | undefined) => {
    if (!response || response.status >= 500) throw new Error(`${what}: ${response?.status ?? 'no response'}`);
    if (response.ms > slow.ms) Object.assign(slow, { ms: response.ms, what });
  };
  for (let round = 0; round < flags.texts; round++) {
    for (const [what, body] of Object.entries(nastyTexts)) {
      note(what, await post(server, tokens.client, `/support/tickets/${number}/comments`, { body }));
      note(
        what,
        await post(server, tokens.staff, `/staff/tickets/${number}/comments`, { body, internal: true }),
      );
      const q = encodeURIComponent(body.slice(0, 1000).toWellFormed());
      note(`search for ${what}`, await send(`${server.url}/support/tickets?q=${q}`, tokens.client));
      note(`search for ${what}`, await send(`${server.url}/staff/tickets?q=${q}`, tokens.staff));
    }
    for (const [what, text] of Object.entries(nastyBodies))
      note(what, await postText(server, tokens.client, text));
  }
  const total = flags.texts * (Object.keys(nastyTexts).length * 4 + Object.keys(nastyBodies).length);
  check(
    slow.ms < 1000,
    `${count(total)} requests of hostile text, the slowest within ${slow.ms.toFixed(0)} ms (${slow.what})`,
  );

  await post(server, tokens.client, `/support/tickets/${number}/comments`, { body: 'Narwhal' });
  const found = async () => {
    const response = await send<{ items: unknown[] }>(`${server.url}/staff/tickets?q=narwhal`, tokens.staff);
    return response?.body.items.length === 1;
  };
  const ms = await until(found, 30_000, 'The indexing for staff');
  check(true, `staff find what was written behind it after ${seconds(ms)}`);
}

/** Posts text that is not JSON. */
async function postText(
  { url }: ServerProcess,
  token: string,
  body: string,
): Promise<Response<unknown> | undefined> {
  const start = performance.now();
  const headers = { 'x-token': token, 'content-type': 'application/json' };
  const response = await fetch(`${url}/support/tickets`, { method: 'POST', headers, body }).catch(
    () => undefined,
  );
  if (!response) return undefined;
  return {
    status: response.status,
    headers: response.headers,
    body: await response.text(),
    ms: performance.now() - start,
  };
}

/** Peers that start a request, never finish it, and never close the connection. */
async function idleConnections({ server, flags, check }: Abuse) {
  const before = openSockets(server);
  const peers = await openPeers(
    server,
    flags.connections,
    'GET /support/tickets HTTP/1.1\r\nhost: a\r\nx-slow: ',
  );
  const most = openSockets(server) - before;
  const ms = await until(() => openSockets(server) - before < 10, 60_000, 'The end of idle connections');
  for (const peer of peers) peer.destroy();
  check(true, `${most} connections that never finish a request were let go of within ${seconds(ms)}`);
}

/** Streams whose readers disconnect at once. */
async function vanishedReaders({ server, tokens, flags, check }: Abuse) {
  const { port } = server;
  const head = `GET /support/events HTTP/1.1\r\nhost: a\r\nx-token: ${tokens.client}\r\n\r\n`;
  for (let i = 0; i < flags.streams; i++) {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.write(head);
    await wait(i % 12);
    socket.destroy();
  }
  const opens = async () => {
    const closing = new AbortController();
    const headers = { 'x-token': tokens.client };
    const response = await fetch(`${server.url}/support/events`, { headers, signal: closing.signal });
    closing.abort();
    return response.status === 200;
  };
  const ms = await until(opens, 60_000, 'A new stream');
  check(
    true,
    `after ${flags.streams} streams of vanished readers the account opens one within ${seconds(ms)}`,
  );
}

/** Bodies that are announced but never sent, with and without a token. */
async function missingBodies({ server, tokens, flags, check }: Abuse) {
  const before = openSockets(server);
  const head = (path: string, length: number, token = '') =>
    `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${token && `x-token: ${token}\r\n`}` +
    `content-length: ${length}\r\n\r\n{`;
  const peers = [
    ...(await openPeers(server, flags.bodies, head('/staff/session', 1_000_000))),
    ...(await openPeers(server, flags.bodies, head('/staff/session', 16_000))),
    ...(await openPeers(server, flags.bodies, head('/support/tickets', 1_000_000, tokens.client))),
  ];
  const ms = await until(() => openSockets(server) - before < 10, 90_000, 'The end of missing bodies');
  for (const peer of peers) peer.destroy();
  check(ms < 45_000, `${peers.length} requests whose bodies never come are over within ${seconds(ms)}`);
}

/** A conversation of the largest comments, read by everybody at once. */
async function longConversation({ server, tokens, flags, check }: Abuse) {
  const { number } = (
    await post<{ number: number }>(server, tokens.client, '/support/tickets', ticket('Long'))
  ).body;
  const body = '\u{1F600}'.repeat(50_000);
  const statuses = new Map<number, number>();
  const note = (response: Response<unknown> | undefined) => {
    const status = response?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (let i = 0; i < flags.comments; i++)
    note(await post(server, tokens.client, `/support/tickets/${number}/comments`, { body }));
  const written = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
  statuses.clear();
  const read = [
    [tokens.client, `/support/tickets/${number}/comments`],
    [tokens.staff, `/staff/tickets/${number}`],
    [tokens.staff, '/staff/events?limit=100'],
  ] as const;
  let reads = 0;
  for (let round = 0; round < 5; round++) {
    const asked = read.flatMap((what) => [what, what]);
    reads += asked.length;
    for (const response of await Promise.all(
      asked.map(([token, path]) => send(`${server.url}${path}`, token)),
    ))
      note(response);
  }
  check(
    (statuses.get(200) ?? 0) === reads,
    `${flags.comments} comments of 50,000 emoji (${written}) read ${reads} times: ` +
      `${[...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')}; memory ${memoryMiB(server)} MiB`,
  );
}

/** Many more uploads than a minute allows: refused before their bytes are read. */
async function uploadFlood({ server, flags, check, tokens }: Abuse) {
  const content = 'x'.repeat(19_000_000);
  const uploads = await Promise.all(
    Array.from({ length: flags.uploads }, (_, i) => {
      const body = fileForm(`flood-${i}.txt`, content);
      return send(`${server.url}/files/public/files`, tokens.client, { method: 'POST', body });
    }),
  );
  const kept = uploads.filter((response) => response?.status === 200).length;
  check(kept === 5, `${kept} of ${flags.uploads} uploads of 19 MB passed a limit of 5`);
}

/** Many more marks, votes and changes than a minute allows, over 100 connections. */
async function writeFlood({ server, check, tokens }: Abuse) {
  const { url } = server;
  const { number } = (
    await post<{ number: number }>(server, tokens.client, '/support/tickets', ticket('Flood'))
  ).body;
  await post(server, tokens.staff, `/staff/tickets/${number}/comments`, {
    body: 'Done',
    status_key: 'resolved',
  });
  for (const [what, path, method, body] of [
    ['marks', `/support/tickets/${number}/read`, 'POST', undefined],
    ['votes', `/support/tickets/${number}/vote`, 'POST', { score: 5 }],
    ['changes', `/support/tickets/${number}`, 'PATCH', { client_aliased_name: 'Flood' }],
  ] as const) {
    let refused = 0;
    const connection = async () => {
      for (let i = 0; i < 10; i++) {
        const response = await send(`${url}${path}`, tokens.client, { method, body });
        if (response?.status === 429) refused++;
      }
    };
    await Promise.all(Array.from({ length: 100 }, connection));
    check(refused > 800, `${what}: ${refused} of 1,000 over 100 connections were refused with 429`);
  }
}

async function openPeers({ port }: ServerProcess, total: number, text: string): Promise<Socket[]> {
  const peers: Socket[] = [];
  for (let i = 0; i < total; i++) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {}).resume();
    await new Promise((resolve) => socket.once('connect', resolve).once('error', resolve));
    socket.write(text);
    peers.push(socket);
  }
  await wait(1000); // until the server has accepted the last of them
  return peers;
}

/** Open sockets of the server's process (Linux). */
function openSockets({ pid }: ServerProcess): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false; // closed in the meantime
    }
  }).length;
}

function memoryMiB({ pid }: ServerProcess): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return Math.round((pages * 4096) / 2 ** 20);
}
