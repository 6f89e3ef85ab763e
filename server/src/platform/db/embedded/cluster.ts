/** The cluster's life: made by initdb, run by a postmaster, stopped in order. */
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
import type { Place } from './location.ts';
import { isAlive } from './lock.ts';

const START_MS = 60_000; // recovery after a crash may take a while
const STOP_MS = 20_000;
const environment = { LC_ALL: 'C', TZ: 'UTC' };

/** initdb into a folder of its own that is renamed when whole: a kill in the middle leaves nothing half made. */
export async function createCluster(
  native: string,
  { cluster, password, user }: Place,
  stopping?: AbortSignal,
): Promise<void> {
  const half = `${cluster}.new`;
  const passwordFile = `${half}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [half, passwordFile]) chownSync(path, user.uid, user.gid);
  const args = [
    ...['-D', half, '-U', 'paneldesk', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ];
  try {
    await initdb(native, args, { ...user, cwd: half }, stopping);
    renameSync(half, cluster);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile);
  }
}

async function initdb(native: string, args: string[], as: { cwd: string }, stopping?: AbortSignal) {
  stopping?.throwIfAborted();
  const child = spawn(join(native, 'bin', 'initdb'), args, {
    ...as,
    detached: true, // Ctrl-C must reach it through us only, as it must the postmaster
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  });
  const kill = () => child.kill();
  stopping?.addEventListener('abort', kill);
  try {
    const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    stopping?.throwIfAborted();
    if (code !== 0) throw new Error(`The embedded database could not be made: ${complaint}`);
  } finally {
    stopping?.removeEventListener('abort', kill);
  }
}

/** Starts the postmaster and waits until it answers; one that does not, or is no longer wanted, is stopped. */
export async function startPostmaster(native: string, place: Place, stopping?: AbortSignal) {
  const postmaster = spawnPostmaster(native, place);
  let hasExited = false;
  for (const end of ['exit', 'error']) {
    postmaster.on(end, () => {
      hasExited = true;
    });
  }
  const until = Date.now() + START_MS;
  try {
    while (!(await answers(place.url))) {
      stopping?.throwIfAborted();
      if (hasExited || Date.now() > until) {
        throw new Error(`The embedded PostgreSQL did not start; ${logFile(place)} says why.`);
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

/** Whether the database can be used; makes the database `paneldesk` in a new cluster. */
export async function answers(url: string): Promise<boolean> {
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
export async function stopPostmaster(cluster: string) {
  const pid = postmasterPid(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  const until = Date.now() + STOP_MS;
  // Its pid file goes with it; the process may stay, as a zombie, when nobody waits for it.
  while (postmasterPid(cluster) === pid && Date.now() < until) await wait(10);
}

function spawnPostmaster(native: string, place: Place) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: place.socketDir,
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '2GB',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile(place), 'a', 0o600); // a failed statement stands in it with what somebody wrote
  fchmodSync(log, 0o600); // one that an older version made
  const postmaster = spawn(join(native, 'bin', 'postgres'), ['-D', place.cluster, ...args], {
    ...place.user,
    // A session of its own: Ctrl-C in the terminal must reach the server, which then stops the database in order.
    detached: true,
    cwd: place.cluster,
    stdio: ['ignore', log, log],
    env: environment,
  });
  closeSync(log);
  postmaster.unref();
  return postmaster;
}

const logFile = ({ folder }: Place) => join(folder, 'postgres.log');

/** The process that runs this cluster, if one does. */
export function postmasterPid(cluster: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}
