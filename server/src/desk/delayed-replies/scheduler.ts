/** Looks for delayed replies whose time has come, while the server runs. The rows are the queue: a restart loses none. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/db/database.ts';
import { sendDueReplies } from './send.ts';

const LOOK_EVERY_MS = 400; // a reply is late by at most this, and by what sending takes
const AFTER_FAULT_MS = 2000;

export function startSending(database: Database, onError: (error: unknown) => void) {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function look(): Promise<number> {
    try {
      while (!signal.aborted && (await sendDueReplies(database, onError))) {
        // there is more
      }
      return LOOK_EVERY_MS;
    } catch (error) {
      onError(error);
      return AFTER_FAULT_MS;
    }
  }

  async function run() {
    while (!signal.aborted) {
      const pauseMs = await look();
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
