/**
 * Reads an event stream for as long as it is wanted: resumes after the last cursor, however a connection ends, so that
 * no event is missed or repeated. `fetch` rather than EventSource, which cannot send a key in a header.
 */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ApiError, errorOf } from './errors.ts';

export type StreamState = 'live' | 'reconnecting' | 'offline';

interface Reader {
  url: string;
  headers(): Record<string, string>;
  /** Resume after it; undefined: begin with the next event. */
  cursor?: string;
  /** `name` is the type of the SSE message: `message` for events of the feed, `presence` for presence. */
  onEvent(name: string, data: string): void;
  onCursor(cursor: string): void;
  /** The server does not know the cursor any more, as after a backup was restored: it begins with the next event. */
  onReset(): void;
  onState(state: StreamState): void;
  onUnauthorized(): void;
  signal: AbortSignal;
}

const SILENCE_MS = 35_000; // the server pings every 15 seconds
const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 30_000;
const SAY_AFTER_MS = 3000; // a cut that is mended sooner is not worth a word

export async function readStream(reader: Reader): Promise<void> {
  const { signal } = reader;
  let { cursor } = reader;
  let delay = FIRST_DELAY_MS;
  let saying: ReturnType<typeof setTimeout> | undefined;
  while (!signal.aborted) {
    const connection = new AbortController();
    const end = () => connection.abort();
    signal.addEventListener('abort', end);
    window.addEventListener('offline', end); // sooner than by the silence
    let silence = setTimeout(end, SILENCE_MS);
    try {
      const response = await fetch(reader.url, {
        headers: { ...reader.headers(), ...(cursor ? { 'Last-Event-ID': cursor } : {}) },
        signal: connection.signal,
        cache: 'no-store',
      });
      if (!response.ok || !response.body) throw errorOf(response, await response.json().catch(() => null));
      const parser = createParser({
        onEvent: ({ event = 'message', data }: EventSourceMessage) => reader.onEvent(event, data),
        onId: (id) => {
          cursor = id;
          reader.onCursor(id);
        },
      });
      const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let first = true; ; first = false) {
        const { done, value } = await chunks.read();
        if (done) break;
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MS);
        if (first) {
          delay = FIRST_DELAY_MS;
          clearTimeout(saying);
          saying = undefined;
          reader.onState('live');
        }
        parser.feed(value);
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) reader.onUnauthorized();
      if (error instanceof ApiError && error.code === 'invalid_cursor') {
        cursor = undefined;
        reader.onReset();
      }
      // Every other end is answered alike: connect again.
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', end);
      window.removeEventListener('offline', end);
      connection.abort();
    }
    if (signal.aborted) break;
    if (!navigator.onLine) reader.onState('offline');
    else saying ??= setTimeout(() => reader.onState('reconnecting'), SAY_AFTER_MS);
    await pause(delay * (0.5 + Math.random() / 2), signal);
    delay = Math.min(delay * 2, LAST_DELAY_MS);
  }
  clearTimeout(saying);
}

/** Waits, at most until the browser is online or the page is looked at again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', done);
      resolve();
    }
    function look() {
      if (document.visibilityState === 'visible') done();
    }
    window.addEventListener('online', done);
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', done);
  });
}
