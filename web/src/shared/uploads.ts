/**
 * Files on their way: three at once, with progress, cancel and retry. They go on while the page shows something else;
 * what has arrived belongs to the draft that they were added to, or to the message that waits for them.
 */
import { useMemo } from 'react';
import { accessHeaders, once, reportUnauthorized } from '#api/client.ts';
import { errorOf } from '#api/errors.ts';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { addDraftFile } from './drafts.ts';
import { createStore } from './store.ts';

const AT_ONCE = 3;
const BUSY_RETRY_MS = 1000;
const OFFLINE_RETRY_MS = 3000;

export interface UploadError {
  /** The `code` of the problem, one of ours where nothing was sent, or `network`. */
  code: string;
  /** Seconds to wait before the next try. */
  retryAfter: number | null;
  canRetry: boolean;
}

export interface Upload {
  id: string;
  /** The same for every try of one file: it is stored once, even if the first response was lost. */
  key: string;
  /** The draft that gets it. */
  draft: string;
  url: string;
  file: File;
  /** `arrived`: it waits for those before it, so that files keep their order. */
  state: 'waiting' | 'sending' | 'arrived' | 'failed';
  /** 0 to 1. */
  progress: number;
  uploaded: UploadedFile | null;
  error: UploadError | null;
  /** A message that waits for it has taken it from the draft. */
  isTaken: boolean;
}

/** What became of the files that a message waits for. Failed ones stand in the draft again. */
export interface Arrived {
  files: UploadedFile[];
  hasFailed: boolean;
}

const uploads = createStore<Upload[]>([]);
const requests = new Map<string, XMLHttpRequest>();
const takers = new Map<string, (file: UploadedFile | null) => void>();

/** The files on their way to this draft. */
export function useUploads(draft: string): Upload[] {
  const all = uploads.use();
  return useMemo(() => all.filter((item) => item.draft === draft && !item.isTaken), [all, draft]);
}

/** Begins to send; `refuse` tells what is wrong with a file before it is sent. */
export function addUploads(
  { draft, url }: Pick<Upload, 'draft' | 'url'>,
  files: Iterable<File>,
  refuse: (file: File, index: number) => UploadError | null,
) {
  const added = Array.from(files, (file, index): Upload => {
    const error = refuse(file, index);
    const [id, key] = [crypto.randomUUID(), crypto.randomUUID()];
    return {
      id,
      key,
      draft,
      url,
      file,
      state: error ? 'failed' : 'waiting',
      progress: 0,
      uploaded: null,
      error,
      isTaken: false,
    };
  });
  uploads.set([...uploads.get(), ...added]);
  run();
}

export function cancelUpload(id: string) {
  const draft = find(id)?.draft;
  requests.get(id)?.abort();
  requests.delete(id);
  remove(id);
  deliver(draft);
  run();
}

export function retryUpload(id: string) {
  const item = find(id);
  if (!item) return;
  // The file has changed since the first try: it is another request, and needs another key.
  const key = item.error?.code === 'idempotency_key_reused' ? crypto.randomUUID() : item.key;
  patch(id, { state: 'waiting', progress: 0, error: null, key });
  run();
}

/**
 * For a message that is sent now: takes what is on its way from the draft, and what has failed for want of a connection.
 * Null when nothing is.
 */
export function takeUploads(draft: string): Promise<Arrived> | null {
  const taken = uploads
    .get()
    .filter((item) => item.draft === draft && !item.isTaken && (item.state !== 'failed' || isOffline(item)));
  if (taken.length === 0) return null;
  const arrivals = taken.map(
    ({ id, uploaded }) => uploaded ?? new Promise<UploadedFile | null>((resolve) => takers.set(id, resolve)),
  );
  for (const item of taken) {
    if (item.uploaded) remove(item.id);
    else patch(item.id, { isTaken: true });
    if (isOffline(item)) retryUpload(item.id);
  }
  return Promise.all(arrivals).then((files) => {
    const arrived = files.filter((file) => file !== null);
    return { files: arrived, hasFailed: arrived.length < files.length };
  });
}

const isOffline = ({ error }: Upload) => error?.code === 'network';
const find = (id: string) => uploads.get().find((item) => item.id === id);
const remove = (id: string) => uploads.set(uploads.get().filter((item) => item.id !== id));
const patch = (id: string, changed: Partial<Upload>) =>
  uploads.set(uploads.get().map((item) => (item.id === id ? { ...item, ...changed } : item)));

function run() {
  const sending = uploads.get().filter(({ state }) => state === 'sending').length;
  const next = uploads.get().filter(({ state }) => state === 'waiting');
  for (const item of next.slice(0, Math.max(0, AT_ONCE - sending))) {
    patch(item.id, { state: 'sending' });
    sendFile(item);
  }
}

/** XMLHttpRequest, as fetch does not tell how much of a body was sent. */
function sendFile({ id, key, url, file }: Upload) {
  const xhr = new XMLHttpRequest();
  requests.set(id, xhr);
  xhr.open('POST', url);
  for (const [name, value] of Object.entries({ ...accessHeaders(), ...once(key) }))
    xhr.setRequestHeader(name, value);
  xhr.responseType = 'json';
  xhr.upload.onprogress = ({ loaded, total }) => patch(id, { progress: total ? loaded / total : 0 });
  xhr.onload = () => {
    if (xhr.status === 200)
      arrive(id, xhr.response as UploadedFile); // the reference says so
    else {
      const retryAfter = xhr.getResponseHeader('retry-after');
      const headers = retryAfter ? { 'retry-after': retryAfter } : undefined;
      fail(id, errorOf(new Response(null, { status: xhr.status, headers }), xhr.response));
    }
  };
  xhr.onerror = () => fail(id, errorOf(undefined, null));
  const form = new FormData();
  form.append('file', file);
  xhr.send(form);
}

function arrive(id: string, uploaded: UploadedFile) {
  requests.delete(id);
  const taker = takers.get(id);
  takers.delete(id);
  if (taker) {
    remove(id);
    taker(uploaded);
  } else {
    patch(id, { state: 'arrived', progress: 1, uploaded });
    deliver(find(id)?.draft);
  }
  run();
}

/** Gives the draft what has arrived, up to the first that is still on its way. */
function deliver(draft: string | undefined) {
  for (const item of uploads.get().filter((item) => item.draft === draft && !item.isTaken)) {
    if (item.uploaded) {
      addDraftFile(item.draft, item.uploaded);
      remove(item.id);
    } else if (item.state !== 'failed') return;
  }
}

function fail(id: string, { status, code, retryAfter, isTemporary }: ReturnType<typeof errorOf>) {
  requests.delete(id);
  if (code === 'request_in_progress') {
    // The try whose response was lost is still being stored: with the same key, the next one gets its response.
    setTimeout(() => retryUpload(id), BUSY_RETRY_MS);
    return;
  }
  if (code === 'network' && find(id)?.isTaken) {
    setTimeout(() => retryUpload(id), OFFLINE_RETRY_MS); // as its message is tried again
    return;
  }
  if (status === 401) reportUnauthorized();
  const canRetry = isTemporary || status === 401 || code === 'idempotency_key_reused';
  patch(id, { state: 'failed', isTaken: false, error: { code, retryAfter, canRetry } });
  takers.get(id)?.(null);
  takers.delete(id);
  deliver(find(id)?.draft);
  run();
}

/** Back online: what failed for want of a connection is tried again. */
globalThis.window?.addEventListener('online', () => {
  for (const item of uploads.get()) if (isOffline(item)) retryUpload(item.id);
});
