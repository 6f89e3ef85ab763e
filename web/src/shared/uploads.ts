/** Files on their way: three at once, with progress, cancel and retry. What has arrived belongs to the draft. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { accessHeaders, once } from '#api/client.ts';
import { type ApiError, errorOf } from '#api/errors.ts';
import type { UploadedFile } from '#api/generated/types.gen.ts';

const AT_ONCE = 3;

export interface Upload {
  id: string;
  file: File;
  state: 'waiting' | 'sending' | 'failed';
  /** 0 to 1. */
  progress: number;
  error: ApiError | null;
}

export interface Uploads {
  items: Upload[];
  add(files: Iterable<File>): void;
  cancel(id: string): void;
  retry(id: string): void;
  /** Nothing is on its way; failed ones do not count. */
  isDone: boolean;
}

/** `url` is where files go; `onArrive` gets each with its UUID. */
export function useUploads(url: string, onArrive: (file: UploadedFile) => void): Uploads {
  const [items, setItems] = useState<Upload[]>([]);
  const requests = useRef(new Map<string, XMLHttpRequest>());
  const arrive = useRef(onArrive);
  arrive.current = onArrive;

  const patch = useCallback((id: string, changed: Partial<Upload>) => {
    setItems((all) => all.map((item) => (item.id === id ? { ...item, ...changed } : item)));
  }, []);

  useEffect(() => {
    const sending = items.filter(({ state }) => state === 'sending').length;
    const next = items.filter(({ state }) => state === 'waiting').slice(0, AT_ONCE - sending);
    for (const { id, file } of next) {
      patch(id, { state: 'sending', progress: 0, error: null });
      const request = sendFile(url, id, file, (progress) => patch(id, { progress }));
      requests.current.set(id, request.xhr);
      request.response.then(
        (uploaded) => {
          setItems((all) => all.filter((item) => item.id !== id));
          arrive.current(uploaded);
        },
        (error: ApiError) => patch(id, { state: 'failed', error }),
      );
    }
  }, [items, url, patch]);

  useEffect(() => {
    const running = requests.current;
    return () => {
      for (const request of running.values()) request.abort();
    };
  }, []);

  return {
    items,
    isDone: items.every(({ state }) => state === 'failed'),
    add: (files) =>
      setItems((all) => [
        ...all,
        ...Array.from(files, (file): Upload => {
          return { id: crypto.randomUUID(), file, state: 'waiting', progress: 0, error: null };
        }),
      ]),
    cancel(id) {
      requests.current.get(id)?.abort();
      setItems((all) => all.filter((item) => item.id !== id));
    },
    retry: (id) => patch(id, { state: 'waiting' }),
  };
}

/** XMLHttpRequest, as fetch does not tell how much of a body was sent. The id is the Idempotency-Key of every try. */
function sendFile(url: string, id: string, file: File, onProgress: (part: number) => void) {
  const xhr = new XMLHttpRequest();
  const response = new Promise<UploadedFile>((resolve, reject) => {
    xhr.open('POST', url);
    for (const [name, value] of Object.entries({ ...accessHeaders(), ...once(id) }))
      xhr.setRequestHeader(name, value);
    xhr.responseType = 'json';
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    xhr.onload = () => {
      if (xhr.status === 200)
        resolve(xhr.response as UploadedFile); // the reference says so
      else reject(errorOf(new Response(null, { status: xhr.status }), xhr.response));
    };
    xhr.onerror = () => reject(errorOf(undefined, null));
    const form = new FormData();
    form.append('file', file);
    xhr.send(form);
  });
  return { xhr, response };
}
