/** Mutual exclusion of processes, by a file that names its holder. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const GIVE_UP_MS = 90_000;
const held = new Set<string>();

/** Runs `work` while no other process runs it with this lock. A lock left by a dead process is taken over. */
export async function alone(lockFile: string, work: () => Promise<void>, stopping?: AbortSignal) {
  const until = Date.now() + GIVE_UP_MS;
  while (!take(lockFile)) {
    stopping?.throwIfAborted();
    if (Date.now() > until)
      throw new Error(`Another process has been starting the database for 90 s: ${lockFile}`);
    if (!dropStale(lockFile)) await wait(25);
  }
  held.add(lockFile);
  try {
    await work();
  } finally {
    held.delete(lockFile);
    rmSync(lockFile, { force: true });
  }
}

/** Whether there is such a process, ours to signal or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function take(lockFile: string): boolean {
  const draft = `${lockFile}.${process.pid}`;
  try {
    writeFileSync(draft, String(process.pid));
    linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of a dead process. Renamed first: of several who find it stale, one gets it. */
function dropStale(lockFile: string): boolean {
  const holder = readHolder(lockFile);
  if (holder === undefined || isHolding(holder, lockFile)) return false;
  const stale = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, stale);
    if (readHolder(stale) !== holder) linkSync(stale, lockFile); // a new holder came in between: it keeps the lock
    rmSync(stale);
    return true;
  } catch {
    return false;
  }
}

/** A container's processes get the same few numbers at every start: a lock in our own name may be our predecessor's. */
const isHolding = (holder: number, lockFile: string) =>
  holder === process.pid ? held.has(lockFile) : isAlive(holder);

function readHolder(lockFile: string): number | undefined {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return undefined;
  }
}
