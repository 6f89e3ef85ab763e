import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { postmasterPid } from '#platform/db/embedded/cluster.ts';
import { eventually } from '#test/eventually.ts';
import { type Embedded, startEmbedded } from './embedded.ts';

const isRoot = process.getuid?.() === 0;
const root = mkdtempSync(join(tmpdir(), 'paneldesk-embedded-'));
chmodSync(root, 0o711);
after(() => rmSync(root, { recursive: true, force: true }));

const dataDir = join(root, 'data');
const cluster = join(dataDir, 'postgres');
const start = (folder = dataDir) => startEmbedded(folder, 'nobody');
const postmaster = () => postmasterPid(cluster) ?? assert.fail('no database runs');

async function query<T extends object>({ url }: Embedded, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

test('the database log is readable by its owner only, even a log that was created with wider permissions', async () => {
  const log = join(dataDir, 'postgres.log');
  for (const older of [false, true]) {
    if (older) chmodSync(log, 0o644);
    const database = await start();
    assert.equal(statSync(log).mode & 0o777, 0o600);
    await database.stop();
  }
});

test('the last process that uses a data folder stops its database', async () => {
  const first = await start();
  const second = await start();
  const pid = postmaster();
  await first.stop();
  assert.equal(postmasterPid(cluster), pid);
  assert.deepEqual(await query(second, 'select 1 as one'), [{ one: 1 }]);
  await second.stop();
  assert.equal(postmasterPid(cluster), undefined);
});

test('the database syncs what it acknowledges and listens only on its own socket', async () => {
  const database = await start();
  const settings = await query(
    database,
    `select name, setting
     from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'server_encoding')
     order by name`,
  );
  assert.deepEqual(
    settings.map((row) => Object.values(row).join(' = ')),
    [
      'fsync = on',
      'full_page_writes = on',
      'listen_addresses = ',
      'server_encoding = UTF8',
      'synchronous_commit = on',
    ],
  );
  await database.stop();
});

test('a database that is killed under a running process restarts with everything it had acknowledged', async () => {
  const database = await start();
  await query(database, 'create table kept (word text)');
  await query(database, `insert into kept values ('kept')`);
  const killed = postmaster();
  process.kill(killed, 'SIGKILL');
  const rows = await eventually(() => query(database, 'select word from kept').catch(() => undefined));
  assert.deepEqual(rows, [{ word: 'kept' }]);
  const successor = postmaster();
  assert.notEqual(successor, killed);
  await database.stop();
  assert.equal(postmasterPid(cluster), undefined, 'it is still the last one who stops it');
});

test('a lock left by a dead process is taken over', async () => {
  const gone = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  for (const holder of [gone, process.pid]) {
    writeFileSync(join(dataDir, 'starting.lock'), String(holder));
    await (await start()).stop();
    assert.ok(!existsSync(join(dataDir, 'starting.lock')));
  }
});

test('an interrupted start leaves nothing that breaks the next start', async () => {
  const folder = join(root, 'cut');
  mkdirSync(join(folder, 'postgres.new'), { recursive: true });
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18');
  writeFileSync(join(folder, 'postgres.new.password'), 'half');
  const database = await start(folder);
  assert.deepEqual(await query(database, 'select 1 as one'), [{ one: 1 }]);
  await database.stop();
});

test('a data folder whose path is too long for a socket gets its socket elsewhere', async () => {
  const database = await start(join(root, 'a-rather-long-name-of-a-folder'.repeat(5)));
  assert.deepEqual(await query(database, 'select 1 as one'), [{ one: 1 }]);
  await database.stop();
  rmSync(new URL(database.url.replace('@/', '@localhost/')).searchParams.get('host') ?? '', {
    recursive: true,
  });
});

test('only the owner can read the password file', () => {
  const file = join(dataDir, 'database-password');
  assert.match(readFileSync(file, 'utf8'), /^[\w-]{43}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a data folder moved by root is refused instead of starting with an empty database', {
  skip: !isRoot && 'needs root',
}, async () => {
  const closed = mkdtempSync(join(tmpdir(), 'paneldesk-closed-'));
  const [old, moved] = [join(closed, 'old'), join(closed, 'moved')];
  const database = await start(old);
  const location = readFileSync(join(old, 'database-location'), 'utf8').trim();
  try {
    await query(database, 'create table kept (word text)');
    await database.stop();
    renameSync(old, moved);
    await assert.rejects(start(moved), /was moved or copied\. Its database is in \/var\/lib\/paneldesk/);

    chmodSync(closed, 0o711);
    renameSync(moved, old);
    const opened = await start(old);
    assert.deepEqual(
      await query(opened, 'select word from kept'),
      [],
      'a folder opened to others keeps its database',
    );
    await opened.stop();
  } finally {
    rmSync(location, { recursive: true, force: true });
    rmSync(closed, { recursive: true, force: true });
  }
});

test('a database that its user can no longer reach is refused instead of being created again', {
  skip: !isRoot && 'needs root',
}, async () => {
  chmodSync(root, 0o700);
  try {
    await assert.rejects(start(), /cannot be reached by the user who runs it/);
  } finally {
    chmodSync(root, 0o711);
  }
});
