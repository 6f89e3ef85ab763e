/** Sends delayed replies when they are due, while the server runs. The rows are the queue: a restart loses none. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/db/database.ts';
import { sendDueReplies } from './send.ts';

const POLL_MS = 400; // a reply is late by at most this, plus the time of sending
const AFTER_FAULT_MS = 2000;

export function startSending(database: Database, onError: (error: unknown) => void) {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function poll(): Promise<number> {
    try {
      while (!signal.aborted && (await sendDueReplies(database, onError))) {
        // more is left
      }
      return POLL_MS;
    } catch (error) {
      onError(error);
      return AFTER_FAULT_MS;
    }
  }

  async function run() {
    while (!signal.aborted) {
      const pauseMs = await poll();
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
