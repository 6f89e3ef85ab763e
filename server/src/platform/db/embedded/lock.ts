/** Mutual exclusion between processes, by a lock file that contains the holder's pid. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const GIVE_UP_MS = 90_000;
const ownLocks = new Set<string>();

/** Runs `work` while no other process runs it under this lock. A lock left by a dead process is taken over. */
export async function withLock(lockFile: string, work: () => Promise<void>, stopping?: AbortSignal) {
  const until = Date.now() + GIVE_UP_MS;
  while (!take(lockFile)) {
    stopping?.throwIfAborted();
    if (Date.now() > until)
      throw new Error(`Another process has been starting the database for 90 s: ${lockFile}`);
    if (!dropStale(lockFile)) await wait(25);
  }
  ownLocks.add(lockFile);
  try {
    await work();
  } finally {
    ownLocks.delete(lockFile);
    rmSync(lockFile, { force: true });
  }
}

/** Whether the process exists, even if we may not signal it. */
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

/** Removes the lock of a dead process. It is renamed first: of several processes that find it stale, one gets it. */
function dropStale(lockFile: string): boolean {
  const holder = readHolder(lockFile);
  if (holder === undefined || isLockedBy(holder, lockFile)) return false;
  const stale = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, stale);
    if (readHolder(stale) !== holder) linkSync(stale, lockFile); // a new holder took the lock in between: restore it
    rmSync(stale);
    return true;
  } catch {
    return false;
  }
}

/** Processes in a container get the same low pids at every start: a lock with our own pid may be our predecessor's. */
const isLockedBy = (holder: number, lockFile: string) =>
  holder === process.pid ? ownLocks.has(lockFile) : isAlive(holder);

function readHolder(lockFile: string): number | undefined {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return undefined;
  }
}
