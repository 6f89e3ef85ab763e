/** Where the outbox is kept: in the browser's database, and in all tabs at once. */
import { createStore as createDatabase, del, entries, get, set, type UseStore } from 'idb-keyval';

interface Kept {
  id: string;
  owner: string;
  created_at: string;
}

/** What tabs tell each other, so that all show the same. */
type Message<Item> =
  | { kind: 'hello' }
  | { kind: 'put'; item: Item }
  | { kind: 'removed'; id: string }
  | { kind: 'sent'; id: string };

/** Why an item is not there any more. */
type Gone = 'removed' | 'sent';

interface Listener<Item> {
  /** Another tab has added or changed an item. */
  onPut(item: Item): void;
  onRemoved(id: string): void;
  onSent(id: string): void;
  /** Another tab has been opened, and knows only what was stored. */
  onHello(): void;
}

export interface OutboxStore<Item> {
  /** What is stored, the oldest first. */
  load(): Promise<Item[]>;
  keep(item: Item): void;
  forget(id: string, why: Gone): void;
  /** Whether another tab has removed an item that was stored. */
  isGone(id: string): Promise<boolean>;
  close(): void;
}

/** A browser may never answer: nobody waits for it longer. */
const ANSWER_MS = 2000;

const inTime = <Result>(work: Promise<Result>) =>
  new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The database does not answer.')), ANSWER_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Where the browser stores nothing (private windows, a full disk), items live with the page. */
export function openStore<Item extends Kept>(owner: string, listener: Listener<Item>): OutboxStore<Item> {
  let database: UseStore | undefined;
  const stored = new Set<string>();
  const tabs = new BroadcastChannel(`paneldesk.outbox.${owner}`);
  const tell = (message: Message<Item>) => tabs.postMessage(message);
  tabs.onmessage = ({ data }: MessageEvent<Message<Item>>) => {
    if (data.kind === 'hello') return listener.onHello();
    if (data.kind === 'removed') return listener.onRemoved(data.id);
    if (data.kind === 'sent') return listener.onSent(data.id);
    stored.add(data.item.id);
    listener.onPut(data.item);
  };

  return {
    async load() {
      try {
        const opened = createDatabase('paneldesk', 'outbox');
        const all = (await inTime(entries<string, Item>(opened))).map(([, item]) => item);
        database = opened;
        const own = all.filter((item) => item.owner === owner);
        for (const { id } of own) stored.add(id);
        tell({ kind: 'hello' });
        return own.sort((one, other) => one.created_at.localeCompare(other.created_at));
      } catch {
        return [];
      }
    },
    keep(item) {
      tell({ kind: 'put', item });
      if (!database) return;
      set(item.id, item, database).then(
        () => stored.add(item.id),
        () => {}, // no room: it lives with the page
      );
    },
    forget(id, why) {
      tell({ kind: why, id });
      stored.delete(id);
      if (database) void del(id, database).catch(() => {});
    },
    async isGone(id) {
      if (!database || !stored.has(id)) return false;
      try {
        return (await get(id, database)) === undefined;
      } catch {
        return false;
      }
    },
    close: () => tabs.close(),
  };
}
