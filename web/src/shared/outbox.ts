/**
 * What was sent and has not arrived. An item keeps its Idempotency-Key over retries, reloads and restarts, so that it is
 * stored once, however often it is tried. Items of one ticket go in order; a refused one stays until its author decides.
 */
import { createStore as createDatabase, del, entries, set, type UseStore } from 'idb-keyval';
import { ApiError } from '#api/errors.ts';
import type { Problem, UploadedFile } from '#api/generated/types.gen.ts';
import { changeDraft } from './drafts.ts';
import { createStore } from './store.ts';
import type { Arrived } from './uploads.ts';

export interface OutboxItem {
  /** Its Idempotency-Key, and the identity of its message on the page. */
  id: string;
  /** Who sent it. */
  owner: string;
  ticket_number: number;
  /** What to do with it; each face has its own kinds. */
  kind: string;
  body: string;
  files: UploadedFile[];
  /** More for the request, for example the last comment that the author has seen. */
  extra: Record<string, unknown>;
  created_at: string;
  /** `uploading`: it waits for its files. */
  state: 'uploading' | 'waiting' | 'sending' | 'refused';
  /** Why the server has refused it. Null when a file of it has not arrived. */
  problem: Problem | null;
}

export type NewItem = Pick<OutboxItem, 'ticket_number' | 'kind' | 'body' | 'files' | 'extra'>;

interface OutboxOptions {
  owner: string;
  /** Sends one item; throws an ApiError. */
  send(item: OutboxItem): Promise<void>;
}

const RETRY_MS = 3000;
const items = createStore<OutboxItem[]>([]);
let options: OutboxOptions | undefined;
let store: UseStore | undefined;
let isRunning = false;

/** Called once at start: what an earlier page has left is sent on. */
export async function openOutbox(given: OutboxOptions) {
  options = given;
  try {
    store = createDatabase('paneldesk', 'outbox');
    const stored = await entries<string, OutboxItem>(store);
    const own = stored.map(([, item]) => item).filter(({ owner }) => owner === given.owner);
    own.sort((one, other) => one.created_at.localeCompare(other.created_at));
    items.set(own.map(resume));
  } catch {
    store = undefined; // the browser keeps nothing: items live with the page
  }
  window.addEventListener('online', run);
  run();
}

/** An item of a page that has ended: the files that it was sending have ended with it. */
function resume(item: OutboxItem): OutboxItem {
  if (item.state === 'uploading') return { ...item, state: 'refused' };
  return item.state === 'sending' ? { ...item, state: 'waiting' } : item;
}

/** Puts it into the outbox and begins to send, once the files that it waits for are there. Returns the item. */
export function send(item: NewItem, arriving: Promise<Arrived> | null = null): OutboxItem {
  if (!options) throw new Error('The outbox is not open.');
  const added: OutboxItem = {
    ...item,
    id: crypto.randomUUID(),
    owner: options.owner,
    created_at: new Date().toISOString(),
    state: arriving ? 'uploading' : 'waiting',
    problem: null,
  };
  items.set([...items.get(), added]);
  keep(added);
  void arriving?.then(({ files, hasFailed }) => {
    change(added.id, { files: [...added.files, ...files], state: hasFailed ? 'refused' : 'waiting' });
    run();
  });
  run();
  return added;
}

/** Tries a refused item again, with changes. */
export function sendAgain(id: string, changed: Partial<Pick<OutboxItem, 'extra' | 'kind'>> = {}) {
  // The server has refused the old request with its key: a changed one needs another.
  change(id, { ...changed, id: crypto.randomUUID(), state: 'waiting', problem: null });
  run();
}

/** Takes an item back into a draft, above what was typed there since. */
export function editAgain({ id, body, files }: OutboxItem, draft: string) {
  discard(id);
  changeDraft(draft, (typed) => ({
    text: [body, typed.text].filter(Boolean).join('\n\n'),
    files: [...files, ...typed.files],
  }));
}

/** Removes an item for good. */
export function discard(id: string) {
  items.set(items.get().filter((item) => item.id !== id));
  if (store) void del(id, store).catch(() => {});
}

function change(id: string, changed: Partial<OutboxItem>) {
  const item = items.get().find((each) => each.id === id);
  if (!item) return;
  const next = { ...item, ...changed };
  items.set(items.get().map((each) => (each === item ? next : each)));
  if (next.id !== id && store) void del(id, store).catch(() => {});
  keep(next);
}

function keep(item: OutboxItem) {
  if (store) void set(item.id, item, store).catch(() => {});
}

/** Sends what waits: one after the other, in this tab or in another one, never in two at once. */
function run() {
  if (isRunning) return;
  isRunning = true;
  const work = async () => {
    for (let next = findNext(); next; next = findNext()) {
      if (!(await sendOne(next))) break;
    }
  };
  const locked = 'locks' in navigator ? navigator.locks.request('paneldesk.outbox', work) : work();
  void locked.finally(() => {
    isRunning = false;
    if (findNext()) setTimeout(run, RETRY_MS);
  });
}

/** The oldest waiting item whose ticket has no refused one before it. */
function findNext(): OutboxItem | undefined {
  const stopped = new Set<number>();
  for (const item of items.get()) {
    if (item.state === 'waiting' && !stopped.has(item.ticket_number)) return item;
    stopped.add(item.ticket_number);
  }
  return undefined;
}

/** Returns false when there is no use in going on now. */
async function sendOne(item: OutboxItem): Promise<boolean> {
  change(item.id, { state: 'sending' });
  try {
    await options?.send(item);
    discard(item.id);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.isTemporary || error.status === 401) {
      change(item.id, { state: 'waiting' });
      return false;
    }
    change(item.id, { state: 'refused', problem: error.problem });
    return true;
  }
}

/** What is on its way, oldest first. */
export const useOutbox = items.use;
export const getOutbox = items.get;

/** Tries what waits, now: a connection or a session is back. */
export const flushOutbox = run;

/** The body of a request that sends it; `files` is left out when there are none. */
export const contentOf = ({ body, files }: Pick<OutboxItem, 'body' | 'files'>) => ({
  body,
  ...(files.length > 0 && { files: files.map(({ uuid }) => uuid) }),
});
