/** The processor time of PostgreSQL: the server process and all its children, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';
import { withClient } from './client.ts';

const TICK_MS = 10; // Linux counts processor time in hundredths of a second
/** In /proc/PID/stat, counted from the state, which follows the name in parentheses. */
const [PARENT, USER, SYSTEM, ENDED_USER, ENDED_SYSTEM] = [1, 11, 12, 13, 14];

/** A function that returns milliseconds since the start of the server; undefined when it does not run here on Linux. */
export async function databaseCpu(url: string): Promise<(() => number) | undefined> {
  const backend = await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return statOf(rows[0]?.pid ?? 0, true);
  });
  const postmaster = backend?.[PARENT];
  if (postmaster === undefined) return undefined;
  return () => {
    let ticks = 0;
    for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
      const stat = statOf(pid);
      if (pid === postmaster) ticks += sum(stat, [USER, SYSTEM, ENDED_USER, ENDED_SYSTEM]);
      else if (stat?.[PARENT] === postmaster) ticks += sum(stat, [USER, SYSTEM]);
    }
    return ticks * TICK_MS;
  };
}

const sum = (stat: number[] | undefined, places: number[]) =>
  places.reduce((total, place) => total + (stat?.[place] ?? 0), 0);

/** Undefined when the process has ended, or is not a backend of PostgreSQL. */
function statOf(pid: number, isBackend = false): number[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (isBackend && !text.includes('(postgres')) return undefined;
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return undefined;
  }
}
