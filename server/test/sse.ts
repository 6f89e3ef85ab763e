/** A reader of server-sent events (WHATWG HTML, 9.2) over a real connection. */
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Instance } from './instance.ts';

export interface Frame {
  id: string;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
  data: any;
}

export interface Reader {
  status: number;
  headers: Headers;
  /** Everything received so far. */
  text: string;
  /** The frames received so far that have data. */
  frames: Frame[];
  /** Where a reader that reconnects continues. */
  lastId: string;
  ended: Promise<void>;
  isEnded: boolean;
  /** Waits until there are this many frames. */
  until(count: number): Promise<Frame[]>;
  close(): void;
}

/** Makes the instance listen on loopback. Returns its URL. */
export async function listen({ app }: Instance): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`; // it listens on a port
}

/** The number of open streams that the instance reports. */
export async function countStreams({ anonymous }: Instance): Promise<number> {
  return Number(/^paneldesk_streams (\d+)$/m.exec((await anonymous.get('/metrics')).text)?.[1]);
}

export async function openReader(
  url: string,
  token: string | undefined,
  headers: Record<string, string> = {},
): Promise<Reader> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    headers: { ...(token !== undefined && { 'x-token': token }), accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const arrivals = new EventEmitter();
  const reader: Reader = {
    status: response.status,
    headers: response.headers,
    text: '',
    frames: [],
    lastId: headers['last-event-id'] ?? '',
    ended: Promise.resolve(),
    isEnded: false,
    until: (count) => untilCount(reader, arrivals, count),
    close: () => leaving.abort(),
  };
  reader.ended = read(response, reader, arrivals);
  return reader;
}

async function untilCount(reader: Reader, arrivals: EventEmitter, count: number): Promise<Frame[]> {
  const patience = AbortSignal.timeout(20_000);
  while (reader.frames.length < count) await once(arrivals, 'frame', { signal: patience });
  return reader.frames;
}

async function read(response: Response, reader: Reader, arrivals: EventEmitter) {
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      const text = decoder.decode(chunk, { stream: true });
      reader.text += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block, reader);
      arrivals.emit('frame');
    }
  } catch {
    // Cut by the server or by close(): either ends the reader.
  }
  reader.isEnded = true;
}

function take(block: string, reader: Reader) {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  if (field('id') !== '') reader.lastId = field('id');
  if (field('data') === '') return;
  reader.frames.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) });
}
