/**
 * What was sent and has not arrived. An item keeps its Idempotency-Key over retries, reloads and restarts, so that it is
 * stored once, however often it is tried. Items of one ticket go in order; a refused one stays until its author decides.
 */
import { ApiError } from '#api/errors.ts';
import type { Problem, UploadedFile } from '#api/generated/types.gen.ts';
import { changeDraft } from './drafts.ts';
import { restart } from './message-keys.ts';
import { addSent, forgetAllSent } from './outbox-sent.ts';
import { type OutboxStore, openStore } from './outbox-store.ts';
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
  /** When the server takes it, in milliseconds: it has named a time. */
  retry_at?: number | undefined;
  /** Why the server has refused it. Null when a file of it has not arrived. */
  problem: Problem | null;
}

export type NewItem = Pick<OutboxItem, 'ticket_number' | 'kind' | 'body' | 'files' | 'extra'>;

interface OutboxOptions {
  owner: string;
  /** Sends one item; throws an ApiError. */
  send(item: OutboxItem): Promise<void>;
  /** Whether the owner is signed in: while nobody is, or somebody else, everything waits. */
  canSend?(): boolean;
}

const RETRY_MS = 3000;
const items = createStore<OutboxItem[]>([]);
let options: OutboxOptions | undefined;
let store: OutboxStore<OutboxItem> | undefined;
let isRunning = false;
/** What waits for files of this page. */
const uploading = new Set<string>();

/** Called at start: what an earlier page has left is sent on. */
export async function openOutbox(given: OutboxOptions) {
  closeOutbox();
  options = given;
  store = openStore(given.owner, {
    onPut(item) {
      put([...without(item.id), item]);
      run(); // should the other tab end before it is sent
    },
    onRemoved: (id) => items.set(without(id)),
    onSent: leave,
    onHello() {
      // The new tab takes a message that waits for files for one of a page that has ended.
      for (const item of items.get()) if (uploading.has(item.id)) store?.keep(item);
    },
  });
  items.set((await store.load()).map(resume));
  globalThis.window?.addEventListener('online', run);
  run();
}

/** Ends sending in this tab; what is stored stays. */
export function closeOutbox() {
  store?.close();
  store = undefined;
  options = undefined;
  forgetAllSent();
  globalThis.window?.removeEventListener('online', run);
}

const without = (id: string) => items.get().filter((item) => item.id !== id);

const put = (all: OutboxItem[]) =>
  items.set(all.sort((one, other) => one.created_at.localeCompare(other.created_at)));

/** An item of a page that has ended: the files that it was sending have ended with it. */
function resume(item: OutboxItem): OutboxItem {
  return item.state === 'uploading' ? { ...item, state: 'refused' } : item;
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
  if (arriving) uploading.add(added.id);
  store?.keep(added);
  void arriving?.then(({ files, hasFailed }) => {
    uploading.delete(added.id);
    change(added.id, { files: [...added.files, ...files], state: hasFailed ? 'refused' : 'waiting' });
    run();
  });
  run();
  return added;
}

/**
 * Takes in what the server had accepted and could not do in the end: its author decides. Every tab hears of it; with the
 * same id it is there once.
 */
export function keepRefused(item: NewItem & Pick<OutboxItem, 'id' | 'created_at' | 'problem'>) {
  if (!options) return;
  const refused: OutboxItem = { ...item, owner: options.owner, state: 'refused' };
  put([...without(refused.id), refused]);
  store?.keep(refused);
}

/** Tries a refused item again, with changes. */
export function sendAgain(id: string, changed: Partial<Pick<OutboxItem, 'extra' | 'kind'>> = {}) {
  // The server has refused the old request with its key: a changed one needs another.
  const next = crypto.randomUUID();
  restart(id, next);
  change(id, { ...changed, id: next, state: 'waiting', problem: null });
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
  items.set(without(id));
  store?.forget(id, 'removed');
}

/** The server has it: its thread shows it until it shows what it has become. */
function leave(id: string) {
  const item = items.get().find((each) => each.id === id);
  if (item) addSent(item);
  items.set(without(id));
}

function change(id: string, changed: Partial<OutboxItem>) {
  const next = show(id, changed);
  if (!next) return;
  if (next.id !== id) store?.forget(id, 'removed');
  store?.keep(next);
}

/** In this tab only: what it is doing ends with it. */
function show(id: string, changed: Partial<OutboxItem>): OutboxItem | undefined {
  const item = items.get().find((each) => each.id === id);
  if (!item) return undefined;
  const next = { ...item, ...changed };
  items.set(items.get().map((each) => (each === item ? next : each)));
  return next;
}

/** Sends what waits: one after the other, in this tab or in another one, never in two at once. */
function run() {
  if (isRunning || !options) return;
  isRunning = true;
  let wait = RETRY_MS;
  const work = async () => {
    const later = new Set<number>();
    for (let next = findNext(later); next && canSend(); next = findNext(later)) {
      const result = await sendOne(next);
      if (result === 'later') later.add(next.ticket_number);
      else if (result !== 'next') {
        wait = Math.max(RETRY_MS, result.after * 1000);
        return;
      }
    }
    // What is written after this moment, and before the lock is free, does not wait.
    if (later.size === 0 && canSend()) wait = 0;
  };
  const locked = 'locks' in navigator ? navigator.locks.request('paneldesk.outbox', work) : work();
  void locked.finally(() => {
    isRunning = false;
    if (findNext(new Set())) setTimeout(run, wait);
  });
}

const canSend = () => options?.canSend?.() ?? true;

/** The oldest waiting item whose ticket has none before it that is stopped. */
function findNext(later: ReadonlySet<number>): OutboxItem | undefined {
  const stopped = new Set(later);
  for (const item of items.get()) {
    if (item.state === 'waiting' && !stopped.has(item.ticket_number)) return item;
    stopped.add(item.ticket_number);
  }
  return undefined;
}

/** What to do after an item: go on, leave its ticket for later, or stop and try again. */
type Result = 'next' | 'later' | { after: number };

async function sendOne(item: OutboxItem): Promise<Result> {
  // The lock is ours: an item that is gone was sent, or discarded, by another tab.
  if (await store?.isGone(item.id)) {
    items.set(without(item.id));
    return 'next';
  }
  show(item.id, { state: 'sending' });
  try {
    await options?.send(item);
    leave(item.id);
    store?.forget(item.id, 'sent');
    return 'next';
  } catch (error) {
    if (!(error instanceof ApiError)) {
      show(item.id, { state: 'waiting' });
      throw error;
    }
    const { status, code, retryAfter, isTemporary, problem } = error;
    // A try whose response was lost is still being stored: with the same key, the next one gets its response.
    const isBusy = code === 'request_in_progress';
    if (!isTemporary && !isBusy && status !== 401) {
      change(item.id, { state: 'refused', problem });
      return 'next';
    }
    const retry_at = retryAfter ? Date.now() + retryAfter * 1000 : undefined;
    show(item.id, { state: 'waiting', retry_at });
    return isBusy || status >= 500 ? 'later' : { after: retryAfter ?? 0 };
  }
}

/** What is on its way, oldest first. */
export const useOutbox = items.use;
export const getOutbox = items.get;

/** Tries what waits, now: a connection or a session is back. */
export const flushOutbox = run;
