/**
 * A reader of server-sent events that behaves like a browser: it reconnects by itself, after the last event received.
 */
import { setTimeout as wait } from 'node:timers/promises';

export interface StreamEvent {
  id: string;
  type: string;
  data: { ticket: { number: number } | null };
}

export interface Reader {
  /** How often the stream was opened. */
  opened: number;
  close(): Promise<void>;
}

/** Reads `/support/events` from the next event on. Resolves once the stream is open. */
export async function readEvents(
  url: string,
  token: string,
  onEvent: (event: StreamEvent) => void,
): Promise<Reader> {
  const closing = new AbortController();
  const connected = Promise.withResolvers<void>();
  const reader = { opened: 0, close };
  let cursor = '';

  async function read() {
    const headers: Record<string, string> = { 'x-token': token, accept: 'text/event-stream' };
    if (cursor !== '') headers['last-event-id'] = cursor;
    const response = await fetch(`${url}/support/events`, { headers, signal: closing.signal });
    if (!response.ok || !response.body) return;
    reader.opened++;
    let unread = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (unread + text).split('\n\n');
      unread = blocks.pop() ?? ''; // an incomplete event, which is dropped when the stream breaks
      for (const block of blocks) take(fieldsOf(block));
    }
  }

  function take({ id, event, data }: Record<string, string>) {
    if (id !== undefined) cursor = id;
    if (id !== undefined && event !== undefined && data !== undefined)
      onEvent({ id, type: event, data: JSON.parse(data) });
    connected.resolve();
  }

  async function readOn() {
    while (!closing.signal.aborted) {
      await read().catch(() => {}); // the server is gone, or the reader was stopped
      await wait(50);
    }
  }

  const running = readOn();
  async function close() {
    closing.abort();
    await running;
  }
  await connected.promise;
  return reader;
}

const fieldsOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
