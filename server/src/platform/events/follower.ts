/**
 * Tells this process's streams which accounts have news, from wherever it was committed. NOTIFY is a hint only, sent
 * after the commit and at most 50 times a second (inside a transaction it would take a lock of the whole database);
 * the follower also looks by itself.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { feedHead, readNews } from '#desk/feed/feed.ts';
import { PRESENCE_CHANNEL } from '#desk/presence/presence.ts';
import type { Database } from '#platform/db/database.ts';

const CHANNEL = 'paneldesk_events';
const LOOK_EVERY_MS = 2000;
const HINT_EVERY_MS = 20;
const PENDING_MS = 30;

type Listener = (accounts: Set<number>) => void;
/** Takes a Presence as JSON. */
type PresenceListener = (presence: string) => void;

export interface Follower {
  onNews(listener: Listener): void;
  /** What staff say of their presence is heard once, or not at all. */
  onPresence(listener: PresenceListener): void;
  stop(): Promise<void>;
}

export function startFollower(database: Database, onError: (error: unknown) => void): Follower {
  const listeners: Listener[] = [];
  const presenceListeners: PresenceListener[] = [];
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
        else for (const listener of presenceListeners) listener(payload);
      });
      try {
        await client.connect();
        await client.query(`listen ${CHANNEL}; listen ${PRESENCE_CHANNEL}`);
        wake();
        await ended;
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
      }
      await client.end().catch(() => {});
      if (!stopping.signal.aborted) await wait(1000, undefined, { ref: false });
    }
  }

  const running = Promise.all([follow(), listen()]);
  return {
    onNews: (listener) => void listeners.push(listener),
    onPresence: (listener) => void presenceListeners.push(listener),
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
