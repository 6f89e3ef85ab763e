/**
 * One stream for all tabs of a browser: HTTP/1.1 has six connections to a host. The tab that gets the lock reads the
 * stream and tells the others; when it closes, the next one resumes after the last cursor that all have seen.
 */
import { createStore } from '#shared/store.ts';
import { accessHeaders, reportUnauthorized } from './client.ts';
import { readStream, type StreamState } from './stream.ts';

interface LiveOptions<Event> {
  url: string;
  /** Tabs with the same name share a stream: it names the reader, not the page. */
  name: string;
  onEvent(event: Event): void;
  onPresence?(presence: unknown): void;
  /** The notifications of the reader have changed. */
  onNotifications?(): void;
  /** The known incidents have changed. */
  onIncidents?(): void;
  /** A connection has begun, the first one or a later one. */
  onConnect?(): void;
  /** Events may have been missed before this moment: read again what is shown. */
  onGap(): void;
}

type Message =
  | { kind: 'event'; name: string; data: string }
  | { kind: 'cursor'; cursor: string }
  | { kind: 'reset' }
  | { kind: 'state'; state: StreamState }
  | { kind: 'hello' };

/** Begins to follow; returns what ends it. */
export function followEvents<Event>({
  url,
  name,
  onEvent,
  onPresence,
  onNotifications,
  onIncidents,
  onConnect,
  onGap,
}: LiveOptions<Event>) {
  const ending = new AbortController();
  const { signal } = ending;
  const channel = new BroadcastChannel(`paneldesk.live.${name}`);
  let cursor: string | undefined;

  function take(message: Message) {
    if (message.kind === 'cursor') {
      if (cursor === undefined) onGap(); // what this page read before may be older than the stream's beginning
      cursor = message.cursor;
    } else if (message.kind === 'reset') {
      cursor = undefined;
    } else if (message.kind === 'state') {
      setState(message.state);
      if (message.state === 'live') onConnect?.();
    } else if (message.kind === 'event') {
      // The server's own JSON, in the shape of its reference.
      if (message.name === 'presence') onPresence?.(JSON.parse(message.data));
      else if (message.name === 'notifications') onNotifications?.();
      else if (message.name === 'incidents') onIncidents?.();
      else onEvent(JSON.parse(message.data) as Event);
    }
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => take(data);
  channel.postMessage({ kind: 'hello' } satisfies Message);

  function tell(message: Message) {
    take(message);
    channel.postMessage(message);
  }

  async function lead() {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind !== 'hello') return;
      if (cursor) channel.postMessage({ kind: 'cursor', cursor } satisfies Message);
      channel.postMessage({ kind: 'state', state: state.get().now } satisfies Message);
    };
    await readStream({
      url,
      cursor,
      headers: accessHeaders,
      onEvent: (event, data) => tell({ kind: 'event', name: event, data }),
      onCursor: (id) => tell({ kind: 'cursor', cursor: id }),
      onReset: () => tell({ kind: 'reset' }),
      onState: (now) => tell({ kind: 'state', state: now }),
      onUnauthorized: reportUnauthorized,
      signal,
    });
  }

  // Locks exist on https and localhost only; elsewhere each tab reads a stream of its own.
  if ('locks' in navigator) navigator.locks.request(channel.name, { signal }, lead).catch(() => {});
  else void lead();

  return () => {
    ending.abort();
    channel.close();
  };
}

interface LiveState {
  now: StreamState;
  since: Date;
}

const state = createStore<LiveState>({ now: 'reconnecting', since: new Date() });

function setState(now: StreamState) {
  if (now !== state.get().now) state.set({ now, since: new Date() });
}

/** Whether what the page shows is up to date, and since when. */
export const useLiveState = state.use;
