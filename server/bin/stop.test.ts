/** Stopping: cleanly when told, and harmlessly when killed. Nothing stays behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { postmasterPid } from '#platform/db/embedded/cluster.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { eventually } from '#test/eventually.ts';
import { form, formType } from '#test/files.ts';
import { paneldesk, type Served, serve, spawnPaneldesk } from '#test/paneldesk.ts';
import { openReader } from '#test/sse.ts';

const root = mkdtempSync(join(tmpdir(), 'paneldesk-stop-'));
chmodSync(root, 0o711); // readable for the user who runs the database when root runs the tests
after(() => rmSync(root, { recursive: true, force: true }));

const DATA_DIR = join(root, 'data');
const env = { DATA_DIR };
const cluster = join(DATA_DIR, 'postgres');
let token = '';

before(async () => {
  const server = await serve({ env });
  await paneldesk(['account', 'add', 'acme', '--name', 'Acme', '--email', 'a@clients.example'], env);
  await server.stop();
  const { stdout } = await paneldesk(['token', 'issue', '--account', 'acme', '--name', 'a', '--json'], env);
  token = JSON.parse(stdout).token;
  assert.equal(postmasterPid(cluster), undefined, 'a command leaves nothing running either');
});

const tickets = async (server: Served) =>
  (await server.get('/support/tickets', { 'x-token': token })).json() as Promise<{ item_count: number }>;

async function dial({ url }: Served): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} stops the server cleanly and leaves nothing running`, async () => {
    const server = await serve({ env });
    const stream = await openReader(`${server.url}/support/events`, token);
    const [spare, kept] = [await dial(server), await dial(server)];
    kept.write('GET /health/live HTTP/1.1\r\nhost: instance\r\n\r\n');
    await once(kept, 'data');
    const started = performance.now();
    assert.equal(await server.stop(signal), 0);
    assert.ok(performance.now() - started < 5000, 'unused and idle connections are not waited for');
    await stream.ended;
    await Promise.all([spare, kept].map((socket) => socket.destroyed || once(socket, 'close')));
    assert.equal(postmasterPid(cluster), undefined);
    assert.equal(existsSync(join(DATA_DIR, 'starting.lock')), false);
  });
}

test('a request in progress is completed, and its connection then closes', async () => {
  const server = await serve({ env });
  const body = form(['name="file"; filename="a.txt"', 'a line\n'.repeat(1000)]);
  const socket = await dial(server);
  socket.write(
    `POST /files/public/files HTTP/1.1\r\nhost: instance\r\nx-token: ${token}\r\n` +
      `content-type: ${formType}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.subarray(0, 500));
  // Sent after it on another connection: once this has a response, the upload has started.
  assert.equal((await server.get('/health/ready')).status, 200);
  const stopped = server.stop();
  const refused = await eventually(async () => {
    const ready = await server.get('/health/ready').catch(() => undefined);
    return ready?.status === 503 && ready;
  });
  assert.equal(JSON.parse(await refused.text()).status, 'stopping');
  await eventually(() =>
    server.get('/health/live').then(
      () => false,
      () => true,
    ),
  );
  socket.write(body.subarray(500));
  const response = await text(socket);
  assert.match(response, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(response, /"name":"a\.txt","size":7000/);
  assert.equal(await stopped, 0);
});

test('a request that does not end is awaited for the configured time, and no longer', async () => {
  const server = await serve({ env: { ...env, DRAIN_SECONDS: '1' } });
  const socket = await dial(server);
  socket.write(`POST /support/tickets HTTP/1.1\r\nhost: instance\r\nx-token: ${token}\r\n`);
  socket.write('content-type: application/json\r\ncontent-length: 1000\r\n\r\n{');
  assert.equal((await server.get('/health/ready')).status, 200);
  const started = performance.now();
  assert.equal(await server.stop(), 0);
  const took = performance.now() - started;
  assert.ok(took > 1000 && took < 6000, `${took} ms`);
  assert.equal(postmasterPid(cluster), undefined);
});

test('a killed server leaves its database to the next one, which stops it', async () => {
  const killed = await serve({ env });
  const pid = postmasterPid(cluster);
  assert.equal(await killed.stop('SIGKILL'), 'SIGKILL');
  assert.equal(postmasterPid(cluster), pid);
  const next = await serve({ env });
  assert.equal(postmasterPid(cluster), pid, 'adopted, not started again');
  assert.equal((await next.get('/health/ready')).status, 200);
  assert.equal(await next.stop(), 0);
  assert.equal(postmasterPid(cluster), undefined);
});

test('a server that stops does not stop a database that another one uses', async () => {
  const [first, second] = [await serve({ env }), await serve({ env })];
  const pid = postmasterPid(cluster);
  assert.equal(await first.stop(), 0);
  assert.equal(postmasterPid(cluster), pid);
  const posted = await fetch(`${second.url}/support/tickets`, {
    method: 'POST',
    headers: { 'x-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ summary: 'Disk full', comment_body: 'Help' }),
  });
  assert.equal(posted.status, 200);
  assert.ok((await tickets(second)).item_count > 0);
  await paneldesk(['account', 'list'], env);
  assert.equal(postmasterPid(cluster), pid, 'nor does a command');
  assert.equal(await second.stop(), 0);
  assert.equal(postmasterPid(cluster), undefined);
});

/** Stages of a first start, recognised by the contents of the data folder. */
const moments: Record<string, (folder: string) => boolean> = {
  'while the cluster is made': (folder) => existsSync(join(folder, 'postgres.new', 'PG_VERSION')),
  'when PostgreSQL has begun': (folder) => postmasterPid(join(folder, 'postgres')) !== undefined,
  'while demo data is made': (folder) => existsSync(join(folder, 'files')),
};

for (const [moment, hasCome] of Object.entries(moments)) {
  test(`a signal ${moment} aborts the start and leaves nothing running, and the next start works`, async () => {
    const fresh = mkdtempSync(join(root, 'fresh-'));
    chmodSync(fresh, 0o711);
    const child = spawnPaneldesk({ env: { DATA_DIR: fresh, DEMO: 'on', PORT: '0' } });
    const output = Promise.all([
      text(child.stdout ?? Readable.from([])),
      text(child.stderr ?? Readable.from([])),
    ]);
    await eventually(() => hasCome(fresh));
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.deepEqual(await output, ['', 'Stopped before the server was ready.\n']);
    assert.equal(postmasterPid(join(fresh, 'postgres')), undefined);
    assert.equal(existsSync(join(fresh, 'postgres.new')), false);
    const next = await serve({ env: { DATA_DIR: fresh } });
    const accounts = await paneldesk(['account', 'list', '--json'], { DATA_DIR: fresh });
    assert.equal(accounts.stdout, '[]\n', 'the demo is made whole or not at all');
    assert.equal(await next.stop(), 0);
    assert.equal(postmasterPid(join(fresh, 'postgres')), undefined);
  });
}

test('a signal to npm, which started the server, leaves nothing running', async () => {
  const { PATH } = process.env;
  const npm = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { PATH, ...env, HOME: root, DEMO: 'off', PORT: '0', npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: string[] = [];
  npm.stdout.on('data', (chunk) => output.push(String(chunk)));
  const url = await eventually(() => /ready at (\S+)/.exec(output.join(''))?.[1], 120); // it builds the web first
  npm.kill('SIGTERM');
  await once(npm, 'close'); // of its output, which the server inherits
  await assert.rejects(fetch(`${url}/health/live`));
  assert.equal(postmasterPid(cluster), undefined);
});

test('an interrupted command stops the database that it has started', async () => {
  const child = spawnPaneldesk({ args: ['account', 'list'], env });
  await eventually(() => postmasterPid(cluster) !== undefined);
  child.kill('SIGINT');
  await once(child, 'exit');
  assert.equal(postmasterPid(cluster), undefined);
});

test('a killed database is back within seconds, and the server stays up meanwhile', async () => {
  const server = await serve({ env });
  const before = await tickets(server);
  process.kill(postmasterPid(cluster) ?? assert.fail('no database runs'), 'SIGKILL');
  const states = new Set<number>();
  await eventually(async () => {
    assert.equal((await server.get('/health/live')).status, 200);
    states.add((await server.get('/health/ready')).status);
    return states.has(503) && (await server.get('/health/ready')).status === 200;
  });
  assert.deepEqual(await tickets(server), before);
  assert.equal(await server.stop(), 0);
  assert.equal(postmasterPid(cluster), undefined);
});

const secrets = {
  token: '',
  body: 'canary of a body',
  header: 'canary-of-a-header',
  query: 'canary-of-a-query',
};

test('the log names requests and errors, never their content', async () => {
  const server = await serve({ env: { ...env, LOG_LEVEL: 'debug', LOG_SLOW_MS: '1' } });
  const database = await startEmbedded(DATA_DIR, 'nobody');
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const headers = { 'x-token': token, 'content-type': 'application/json', 'x-canary': secrets.header };
  const open = () =>
    fetch(`${server.url}/support/tickets?q=${secrets.query}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ summary: secrets.body, comment_body: secrets.body }),
    });

  await server.get(`/support/tickets?q=${secrets.query}`, headers);
  await server.get('/support/tickets', { 'x-token': `${token.slice(0, -1)}~` });
  await admin.query(
    `alter table tickets add constraint refused check (summary not like 'canary%') not valid`,
  );
  const failed = await open();
  assert.equal(failed.status, 500);
  const problem = JSON.parse(await failed.text());
  assert.doesNotMatch(JSON.stringify(problem), /canary|constraint|refused/);
  await admin.query('alter table tickets drop constraint refused');
  await admin.query(`create function cut() returns trigger language plpgsql as
    $$begin perform pg_terminate_backend(pg_backend_pid()); return null; end$$`);
  await admin.query('create trigger cut after insert on tickets for each row execute function cut()');
  assert.equal((await open()).status, 503);
  await admin.query('drop trigger cut on tickets');
  await admin.end();
  await database.stop();
  await server.stop();

  const logged = server.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const said = server.lines.filter((line) => !line.startsWith('{'));
  assert.match(said[0] ?? '', /^Paneldesk is ready at/);
  assert.equal(said.length, 9, said.join('\n'));
  assert.ok(logged.some(({ reqId, err, level }) => reqId === problem.request_id && err && level === 50));
  assert.ok(
    logged.some(({ status, route, reqId }) => status === 503 && route === '/support/tickets' && reqId),
  );
  for (const secret of [...Object.values({ ...secrets, token }), token.slice(4)])
    assert.ok(!server.lines.some((line) => line.includes(secret)), secret);
});
