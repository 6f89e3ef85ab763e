/**
 * Starting: on an empty folder, on existing data, beside another server, as any user; and every refusal has a helpful
 * sentence.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { postmasterPid } from '#platform/db/embedded/cluster.ts';
import { withDatabase } from '#test/database-url.ts';
import { createDatabase, openInstance } from '#test/instance.ts';
import { paneldesk, type Served, serve, spawnPaneldesk } from '#test/paneldesk.ts';

const isRoot = process.getuid?.() === 0;
const asRoot = { skip: !isRoot && 'needs root' };
const nobody = 65534;
const root = mkdtempSync(join(tmpdir(), 'paneldesk-start-'));
chmodSync(root, 0o711); // readable for the user who runs the database when root runs the tests
after(() => rmSync(root, { recursive: true, force: true }));

const DATA_DIR = join(root, 'data');
const cluster = join(DATA_DIR, 'postgres');

/** Adds an account and issues a token for it, by the command. */
async function issueKey(env: Record<string, string>, externalId: string): Promise<string> {
  await paneldesk(['account', 'add', externalId, '--name', 'A', '--email', 'a@clients.example'], env);
  const { stdout, stderr } = await paneldesk(
    ['token', 'issue', '--account', externalId, '--name', 'a', '--json'],
    env,
  );
  assert.match(stderr, /^Database: [^\n]+ \(embedded\)\n$/);
  return JSON.parse(stdout).token;
}

const opensDoor = async (server: Served, token: string) =>
  (await server.get('/support/tickets', { 'x-token': token })).status === 200;

async function taken(port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server }; // it listens on a port
}

test('a server on an empty folder creates its database, is live and ready, has metrics, and stops without leaving anything', async () => {
  const server = await serve({ env: { DATA_DIR } });
  const live = await server.get('/health/live');
  assert.deepEqual([live.status, await live.json()], [200, { status: 'ok' }]);
  const ready = await server.get('/health/ready');
  assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ok', warnings: [] }]);
  const metrics = await (await server.get('/metrics')).text();
  for (const name of [
    'paneldesk_request_seconds_bucket',
    'paneldesk_streams',
    'nodejs_eventloop_lag_seconds',
  ])
    assert.match(metrics, new RegExp(`^${name}`, 'm'));
  assert.match(
    server.lines.join('\n'),
    /ready at http:\/\/127\.0\.0\.1:\d+$/m,
    'a port that was chosen is not called taken',
  );
  const start = server.lines.find((line) => line.startsWith('  open this'));
  assert.equal(start, `  open this   ${server.url}/`);
  assert.equal((await server.get('/')).status, 200);
  for (const [name, path] of [
    ['console', '/console'],
    ['portal', '/portal'],
    ['reference', '/docs'],
  ] as const) {
    const line = server.lines.find((line) => line.startsWith(`  ${name} `));
    const isBuilt = line?.endsWith(`${server.url}${path}`);
    assert.ok(isBuilt || line?.endsWith('npm run build'), line);
    assert.equal((await server.get(path)).status, isBuilt ? 200 : 503);
  }
  assert.equal(await server.stop(), 0);
  assert.equal(postmasterPid(cluster), undefined);
});

test('a second start is ready in under two seconds', async () => {
  const starts: Array<{ cpuMs: number; ms: number }> = [];
  const isQuick = ({ cpuMs, ms }: { cpuMs: number; ms: number }) => {
    // On a busy machine the time says nothing about the server.
    const isBusy = (loadavg()[0] ?? 0) > availableParallelism();
    return cpuMs < 2000 && (isBusy || ms < 2000);
  };
  while (!starts.some(isQuick) && starts.length < 3) {
    const server = await serve({ env: { DATA_DIR } });
    const metrics = await (await server.get('/metrics')).text();
    await server.stop();
    const cpuMs = 1000 * Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
    assert.ok(cpuMs > 0);
    starts.push({ cpuMs, ms: server.startedInMs });
  }
  assert.ok(starts.some(isQuick), `none of three: ${JSON.stringify(starts)}`);
});

test('metrics are for this machine, or for whoever has the token', async () => {
  const open = await serve({ env: { DATA_DIR } });
  const closed = await serve({ env: { DATA_DIR, METRICS_TOKEN: 'a-long-secret' } });
  for (const header of ['x-forwarded-for', 'forwarded'])
    assert.equal((await open.get('/metrics', { [header]: 'for=127.0.0.1' })).status, 403, header);
  for (const [authorization, status] of [
    ['Bearer a-long-secret', 200],
    ['Bearer another-one', 403],
    ['Bearer a-long-secre', 403],
    ['a-long-secret', 403],
    ['', 403],
  ] as const) {
    assert.equal((await closed.get('/metrics', { authorization })).status, status, authorization);
  }
  await Promise.all([open.stop(), closed.stop()]);
});

test('commands work on the data folder of a running server', async () => {
  const server = await serve({ env: { DATA_DIR } });
  assert.ok(await opensDoor(server, await issueKey({ DATA_DIR }, 'acme')));
  await server.stop();
  assert.equal(postmasterPid(cluster), undefined);
});

test('when the default port is taken, the next free one is used and announced', async () => {
  const first = await taken(8080).catch(() => undefined); // a port taken by another program is as good
  const server = await serve({ env: { DATA_DIR, PORT: '' } });
  assert.match(server.lines.join('\n'), /ready at http:\/\/127\.0\.0\.1:80[8-9]\d+ \(port 8080 is taken\)/);
  assert.equal((await server.get('/health/live')).status, 200);
  await server.stop();
  first?.server.close();
});

test('when the chosen port is taken, the start fails and leaves nothing running', async () => {
  const { port, server } = await taken();
  const folder = join(root, 'never-made');
  const { code, stderr } = await paneldesk(['serve'], { DATA_DIR: folder, PORT: String(port) });
  server.close();
  assert.equal(code, 1);
  const sentence = `Port ${port} on 127.0.0.1 is taken by another program. Set PORT to a free one.`;
  assert.equal(stderr, `paneldesk: ${sentence}\n`);
  assert.equal(existsSync(folder), false, 'said before a database is made');
});

test('a data folder that is not writable fails the start at once, with what to set', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  const folder = join(file, 'data');
  const sentence = `Nothing can be written to the data folder ${folder} (ENOTDIR). Set DATA_DIR to a folder that this user may write to.`;
  const { code, stderr } = await paneldesk(['serve'], { DATA_DIR: folder, PORT: '0' });
  assert.deepEqual([code, stderr], [1, `paneldesk: ${sentence}\n`]);
});

test('an address that does not belong to this machine fails the start, with what to set', async () => {
  const { code, stderr } = await paneldesk(['serve'], { DATA_DIR, PORT: '18080', HOST: '192.0.2.1' });
  assert.deepEqual(
    [code, stderr],
    [1, 'paneldesk: 192.0.2.1 is not an address of this machine. Set HOST to one that is.\n'],
  );
});

test('a running server’s actual address is in its data folder', async () => {
  const server = await serve({ env: { DATA_DIR } });
  assert.equal(readFileSync(join(DATA_DIR, 'address'), 'utf8'), `${server.url}\n`);
  await server.stop();
  assert.equal(existsSync(join(DATA_DIR, 'address')), false);
});

test('an instance without demo data gets the topics of a hosting provider, which stay archived once archived', async () => {
  const DATABASE_URL = await createDatabase();
  const folder = { DATA_DIR: join(root, 'topics'), DATABASE_URL };
  const list = async () => JSON.parse((await paneldesk(['topic', 'list', '--json'], folder)).stdout);
  const servers = await Promise.all([serve({ env: folder }), serve({ env: folder })]);
  const topics: Array<{ key: string; name: { en: string; ru: string } }> = await list();
  assert.deepEqual(
    topics.map(({ key }) => key),
    ['servers', 'network', 'databases', 'domains', 'dns', 'mail', 'billing', 'abuse', 'other'],
  );
  for (const { name } of topics) assert.ok(name.en && name.ru);
  await paneldesk(['topic', 'archive', 'other'], folder);
  await Promise.all(servers.map((server) => server.stop()));
  const before = await list();
  await (await serve({ env: folder })).stop();
  assert.deepEqual(await list(), before, 'a later start adds nothing');
});

test('an instance configured without topics gets none', async () => {
  const instance = await openInstance({ url: await createDatabase() });
  const client = await instance.client();
  await client.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' });
  await (await serve({ env: { DATABASE_URL: instance.url, DATA_DIR } })).stop();
  assert.deepEqual(await instance.query('select key from topics'), []);
  await instance.close();
});

test('a server that starts, works and stops logs no errors', async () => {
  const server = await serve({ env: { DATA_DIR: join(root, 'quiet'), DEMO: 'on' } });
  await server.stop();
  assert.deepEqual(
    server.lines.filter((line) => /error|\bat \/|"level":[45]0/i.test(line)),
    [],
  );
});

test('a command never creates a database: it says how to point it to one', async () => {
  const folder = join(root, 'elsewhere', 'data');
  for (const args of [['account', 'list'], ['migrate'], ['token', 'list']]) {
    const { code, stdout, stderr } = await paneldesk(args, { DATA_DIR: folder });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /^paneldesk: There is no database in .*\/elsewhere\/data\. Set DATA_DIR .* DATABASE_URL /,
    );
    assert.equal(existsSync(folder), false);
  }
});

test('all invalid settings are reported at once', async () => {
  const { code, stderr, stdout } = await paneldesk(['serve'], {
    DATA_DIR,
    PORT: '99999',
    DEMO: 'perhaps',
    LIMIT_UPLOADS_PER_MINUTE: '-1',
    MAX_FILE_BYTES: '1e6',
    LOG_LEVEL: 'loud',
  });
  assert.deepEqual([code, stdout], [1, '']);
  for (const name of ['PORT', 'DEMO', 'LIMIT_UPLOADS_PER_MINUTE', 'MAX_FILE_BYTES', 'LOG_LEVEL'])
    assert.match(stderr, new RegExp(`^ {2}${name}: "`, 'm'));
  const half = await paneldesk(['serve'], { DATA_DIR, S3_BUCKET: 'files' });
  assert.equal(half.code, 1);
  for (const name of ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
    assert.match(half.stderr, new RegExp(`${name}: is needed`));
});

test('two servers that start at once on an empty folder share one database', async () => {
  const env = { DATA_DIR: join(root, 'shared') };
  const servers = await Promise.all([serve({ env }), serve({ env })]);
  const token = await issueKey(env, 'acme');
  for (const server of servers) assert.ok(await opensDoor(server, token));
  assert.deepEqual(await Promise.all(servers.map((server) => server.stop())), [0, 0]);
  assert.equal(postmasterPid(join(env.DATA_DIR, 'postgres')), undefined);
});

test('with root, the data folder may be where nobody else can go', asRoot, async () => {
  const closed = mkdtempSync(join(tmpdir(), 'paneldesk-closed-'));
  const env = { DATA_DIR: join(closed, 'data') };
  const server = await serve({ env });
  const location = readFileSync(join(env.DATA_DIR, 'database-location'), 'utf8').trim();
  assert.equal((await server.get('/health/ready')).status, 200);
  assert.equal(await server.stop(), 0);
  assert.equal(postmasterPid(join(location, 'postgres')), undefined);
  rmSync(location, { recursive: true });
  rmSync(closed, { recursive: true });
});

test('an unprivileged user needs nothing but a folder', asRoot, async () => {
  const folder = join(root, 'of-nobody');
  mkdirSync(folder);
  chownSync(folder, nobody, nobody);
  const server = await serve({ env: { DATA_DIR: join(folder, 'data') }, uid: nobody, gid: nobody });
  assert.equal((await server.get('/health/ready')).status, 200);
  assert.equal(await server.stop(), 0);
  assert.equal(postmasterPid(join(folder, 'data', 'postgres')), undefined);
});

test('a database that is newer than the program, or that has an edited migration, is refused', async () => {
  const instance = await openInstance();
  after(() => instance.close());
  const migrate = () => paneldesk(['migrate'], { DATABASE_URL: instance.url });
  await instance.query(`insert into migrations (name, hash) values ('9999_later.sql', 'unknown')`);
  const newer = await migrate();
  assert.equal(newer.code, 1);
  assert.match(newer.stderr, /^paneldesk: The database is newer than this program: it has 9999_later\.sql/m);
  await instance.query(`delete from migrations where name = '9999_later.sql'`);
  await instance.query(`update migrations set hash = 'of another text' where name = '0001_people.sql'`);
  const edited = await migrate();
  assert.equal(edited.code, 1);
  assert.match(edited.stderr, /^paneldesk: 0001_people\.sql was edited after it was applied/m);
});

/** Forwards connections from this port to the database of this run. */
async function passOn(url: string, port: number): Promise<Server> {
  const { searchParams, hostname, port: there } = new URL(url.replace('@/', '@localhost/'));
  const socketDir = searchParams.get('host');
  const target = socketDir
    ? { path: join(socketDir, '.s.PGSQL.5432') }
    : { host: hostname, port: Number(there) || 5432 };
  const server = createServer((socket) => {
    const onward = connect(target);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => {});
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function says(output: Readable | null, sentence: RegExp) {
  for await (const line of createInterface({ input: output ?? Readable.from([]) })) {
    if (sentence.test(line)) return;
  }
  assert.fail(`It never said ${sentence}.`);
}

test('the start waits for a database that is still starting, and a signal ends the wait', async () => {
  const url = await createDatabase();
  const free = await taken();
  free.server.close();
  const { username, password, pathname } = new URL(url.replace('@/', '@localhost/'));
  const DATABASE_URL = `postgresql://${username}:${password}@127.0.0.1:${free.port}${pathname}`;
  const start = () => spawnPaneldesk({ env: { DATABASE_URL, DATA_DIR, DEMO: 'off', PORT: '0' } });
  const trying = /^The database does not respond: connect ECONNREFUSED .* Trying again\.$/;

  const impatient = start();
  await says(impatient.stderr, trying);
  impatient.kill('SIGTERM');
  assert.deepEqual(await once(impatient, 'exit'), [0, null]);

  const patient = start();
  await says(patient.stderr, trying);
  const proxy = await passOn(url, free.port);
  await says(patient.stdout, /ready at/);
  patient.kill('SIGTERM');
  assert.deepEqual(await once(patient, 'exit'), [0, null]);
  proxy.close();
});

const ofDebian = '/usr/lib/postgresql/15/bin';

test('a database that may lose acknowledged writes causes a warning', {
  skip: (!isRoot || !existsSync(ofDebian)) && `needs root and ${ofDebian}`,
}, async () => {
  const folder = join(root, 'unsafe');
  mkdirSync(folder);
  chownSync(folder, nobody, nobody);
  const options = { uid: nobody, gid: nobody, cwd: folder, stdio: 'pipe' } as const;
  const control = (...args: string[]) =>
    execFileSync(join(ofDebian, 'pg_ctl'), ['-D', folder, '-w', ...args], options);
  execFileSync(
    join(ofDebian, 'initdb'),
    ['-D', folder, '-U', 'desk', '-A', 'trust', '-E', 'UTF8', '-N'],
    options,
  );
  control('-l', join(folder, 'log'), '-o', `-c fsync=off -c listen_addresses= -k ${folder}`, 'start');
  try {
    const DATABASE_URL = withDatabase(`postgresql://desk@/x?host=${encodeURIComponent(folder)}`, 'postgres');
    const server = await serve({ env: { DATABASE_URL, DATA_DIR } });
    const { warnings } = JSON.parse(await (await server.get('/health/ready')).text());
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /fsync = off/);
    assert.ok(
      server.lines.some((line) => line.includes('fsync = off')),
      'and in the log',
    );
    assert.equal(await server.stop(), 0);
  } finally {
    control('-m', 'fast', 'stop');
  }
});

test('a start leaves only what the server needs in the folder', () => {
  const left = readdirSync(DATA_DIR).filter((name) => /lock|new|\.\d+$/.test(name));
  assert.deepEqual(left, []);
});
