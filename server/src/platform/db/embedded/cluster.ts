/** The life of the cluster: created by initdb, run by a postmaster, shut down cleanly. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseLocation } from './location.ts';
import { isAlive } from './lock.ts';

const START_MS = 60_000; // recovery after a crash may take a while
const STOP_MS = 20_000;
const environment = { LC_ALL: 'C', TZ: 'UTC' };

/** Runs initdb into a temporary folder and renames it when done: a kill in the middle leaves no half-made cluster. */
export async function createCluster(
  native: string,
  { cluster, password, user }: DatabaseLocation,
  stopping?: AbortSignal,
): Promise<void> {
  const temporary = `${cluster}.new`;
  const passwordFile = `${temporary}.password`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [temporary, passwordFile]) chownSync(path, user.uid, user.gid);
  const args = [
    ...['-D', temporary, '-U', 'paneldesk', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    // Repeated hashing protects weak passwords. This one is random, and each connection would take 8 ms more.
    ...['-c', 'scram_iterations=1'],
  ];
  try {
    await initdb(native, args, { ...user, cwd: temporary }, stopping);
    renameSync(temporary, cluster);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile);
  }
}

async function initdb(native: string, args: string[], as: { cwd: string }, stopping?: AbortSignal) {
  stopping?.throwIfAborted();
  const child = spawn(join(native, 'bin', 'initdb'), args, {
    ...as,
    detached: true, // Ctrl-C must not reach initdb directly; this process stops it
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  });
  const kill = () => child.kill();
  stopping?.addEventListener('abort', kill);
  try {
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    stopping?.throwIfAborted();
    if (code !== 0) throw new Error(`The embedded database could not be created: ${stderr}`);
  } finally {
    stopping?.removeEventListener('abort', kill);
  }
}

/**
 * Starts the postmaster and waits until it accepts connections. Stops it when it does not, or when the start is
 * aborted.
 */
export async function startPostmaster(native: string, location: DatabaseLocation, stopping?: AbortSignal) {
  const postmaster = spawnPostmaster(native, location);
  let hasExited = false;
  for (const end of ['exit', 'error']) {
    postmaster.on(end, () => {
      hasExited = true;
    });
  }
  const until = Date.now() + START_MS;
  try {
    while (!(await isReachable(location.url))) {
      stopping?.throwIfAborted();
      if (hasExited || Date.now() > until) {
        throw new Error(`The embedded PostgreSQL did not start. See ${logFile(location)}.`);
      }
      await wait(15);
    }
  } catch (error) {
    postmaster.kill('SIGINT');
    const deadline = Date.now() + STOP_MS;
    while (!hasExited && Date.now() < deadline) await wait(10);
    throw error;
  }
}

/** Whether the database accepts connections. Creates the database `paneldesk` in a new cluster. */
export async function isReachable(url: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: url.replace('/paneldesk?', '/postgres?') });
  admin.on('error', () => {});
  try {
    await admin.connect();
    const { rowCount } = await admin.query(`select from pg_database where datname = 'paneldesk'`);
    if (rowCount === 0) await admin.query('create database paneldesk');
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Not started, stopped, still starting, or stopping. Any other error is a fault and is thrown.
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03', '57P01', undefined].includes(code)) return false;
    throw error;
  } finally {
    await admin.end().catch(() => {});
  }
}

/** A fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
export async function stopPostmaster(cluster: string) {
  const pid = postmasterPid(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  const until = Date.now() + STOP_MS;
  // The pid file disappears with the server. The process itself may stay as a zombie when nobody waits for it.
  while (postmasterPid(cluster) === pid && Date.now() < until) await wait(10);
}

function spawnPostmaster(native: string, location: DatabaseLocation) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: location.socketDir,
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile(location), 'a', 0o600); // a failed statement is logged with the text that somebody wrote
  fchmodSync(log, 0o600); // the file may have been created with wider permissions
  const postmaster = spawn(join(native, 'bin', 'postgres'), ['-D', location.cluster, ...args], {
    ...location.user,
    // A process group of its own: Ctrl-C in the terminal must reach only Paneldesk, which then stops the database
    // cleanly.
    detached: true,
    cwd: location.cluster,
    stdio: ['ignore', log, log],
    env: environment,
  });
  closeSync(log);
  postmaster.unref();
  return postmaster;
}

const logFile = ({ folder }: DatabaseLocation) => join(folder, 'postgres.log');

/** The pid of the process that runs this cluster, if any. */
export function postmasterPid(cluster: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}
