/** The embedded database of an instance, from outside. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../server/src/platform/db/embedded.ts';
import { until } from './until.ts';

/** The user who runs the database when root runs the scenario. */
export const osUser = process.env.PANELDESK_OS_USER ?? 'nobody';

/** Runs `work` with the URL of the database in this data folder. Starts it when it is not running. */
export async function withDatabase<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  const { url, stop } = await startEmbedded(folder, osUser);
  try {
    return await work(url);
  } finally {
    await stop();
  }
}

/** The pid of the postmaster; undefined when there is none. */
export function postmasterPid(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Every process of the database. */
export function postgresPids(folder: string): number[] {
  const pid = postmasterPid(folder);
  if (pid === undefined) return [];
  const children = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return [pid, ...children.trim().split('\n').map(Number)];
}

/** kill -9 of the postmaster: the other processes notice and exit. */
export async function killPostmaster(folder: string) {
  const pid = postmasterPid(folder);
  if (pid === undefined || !commandOf(pid).includes(folder)) return; // the pid may have been reused
  process.kill(pid, 'SIGKILL');
  await until(() => postmasterPid(folder) !== pid, 10_000, 'The death of the postmaster');
}

export async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

const commandOf = (pid: number) =>
  execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
