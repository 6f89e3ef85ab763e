/**
 * Tells this process which accounts have new events, whichever process committed them. NOTIFY is only a hint: it is sent
 * after the commit, at most 50 times a second, since inside a transaction it would lock the whole database. Every two
 * seconds the events are read without a hint.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

import type { Database } from '#platform/db/database.ts';
import { feedHead, readNews } from './cursor.ts';

const CHANNEL = 'paneldesk_events';
const LOOK_EVERY_MS = 2000;
const HINT_EVERY_MS = 20;
const PENDING_MS = 30;

type Listener = (accounts: Set<number>) => void;
type MessageListener = (payload: string) => void;

export interface News {
  /** Begins to read the events. Until then nothing is told. */
  start(): void;
  onNewEvents(listener: Listener): void;
  /** Listens to a channel of NOTIFY. A message that comes while the connection is lost is lost with it. */
  onMessage(channel: string, listener: MessageListener): void;
  stop(): Promise<void>;
}

/** `channels` are those that onMessage may name. */
export function createNews(database: Database, channels: string[], onError: (error: unknown) => void): News {
  const listeners: Listener[] = [];
  const messageListeners = new Map<string, MessageListener[]>(channels.map((channel) => [channel, []]));
  const stopping = new AbortController();
  let wake = () => {};
  let hinting = false;

  database.onCommit(() => {
    if (hinting || stopping.signal.aborted) return;
    hinting = true;
    setTimeout(() => {
      hinting = false;
      wake();
      database.pool.query(`select pg_notify('${CHANNEL}', '')`).catch(onError);
    }, HINT_EVERY_MS).unref();
  });

  async function follow() {
    let cursor: string | undefined;
    while (!stopping.signal.aborted) {
      let pauseMs = LOOK_EVERY_MS;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        cursor ??= await feedHead(database.db);
        const news = await readNews(database.db, cursor);
        cursor = news.cursor;
        if (news.accounts.size > 0) for (const listener of listeners) listener(news.accounts);
        if (news.isPending) pauseMs = PENDING_MS;
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
      }
      const pause = new AbortController();
      const { signal } = pause;
      await Promise.race([woken, wait(pauseMs, undefined, { signal, ref: false }).catch(() => {})]);
      pause.abort();
    }
  }

  async function listen() {
    while (!stopping.signal.aborted) {
      const client = new pg.Client({ connectionString: database.url, application_name: 'paneldesk listen' });
      const ended = new Promise<void>((resolve) => {
        client.on('end', resolve).on('error', () => resolve());
        stopping.signal.addEventListener('abort', () => resolve());
      });
      client.on('notification', ({ channel, payload = '' }) => {
        if (channel === CHANNEL) wake();
        else for (const listener of messageListeners.get(channel) ?? []) listener(payload);
      });
      try {
        await client.connect();
        await client.query([CHANNEL, ...channels].map((channel) => `listen ${channel}`).join('; '));
        wake();
        await ended;
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
      }
      await client.end().catch(() => {});
      if (!stopping.signal.aborted) await wait(1000, undefined, { ref: false });
    }
  }

  let running: Promise<unknown> = Promise.resolve();
  return {
    start: () => {
      running = Promise.all([follow(), listen()]);
    },
    onNewEvents: (listener) => void listeners.push(listener),
    onMessage: (channel, listener) => void messageListeners.get(channel)?.push(listener),
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
