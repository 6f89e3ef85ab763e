/** Writers: each opens tickets one after the other, and takes each through the whole life of a ticket. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileForm, send } from './client.ts';
import type { Entry, Ledger, Table } from './ledger.ts';
import type { Chance } from './scenario.ts';

export interface Writing {
  url: string;
  clientToken: string;
  staffToken: string;
  ledger: Ledger;
  chance: Chance;
  /** The share of writes with an Idempotency-Key. */
  keyedShare: number;
  /** The maximum number of attempts for a write with a key. One without a key is sent once. */
  attempts: number;
  /** Open while the server accepts writes. */
  gate?: Gate;
  isOver(): boolean;
}

export interface Gate {
  passed(): Promise<void>;
  close(): void;
  open(): void;
}

export function createGate(): Gate {
  let now = Promise.withResolvers<void>();
  now.resolve();
  return {
    passed: () => now.promise,
    close: () => {
      now = Promise.withResolvers();
    },
    open: () => now.resolve(),
  };
}

export async function keepWriting(writing: Writing) {
  while (!writing.isOver()) await workOnTicket(writing);
}

/** The first comment, which is written with the ticket. */
export const firstComment = (mark: string) => `First of ${mark}`;

/** From opening to reopening. Stops at the first step without a success. */
async function workOnTicket(writing: Writing) {
  const { clientToken, staffToken, ledger, chance, keyedShare } = writing;
  const write = <T>(table: Table, token: string, path: string, bodyOf: (mark: string) => object) => {
    const entry = ledger.add(table, chance() < keyedShare);
    return post<T>(writing, { entry, token, path, body: bodyOf(entry.mark) });
  };
  const open = (mark: string) => ({ summary: mark, comment_body: firstComment(mark) });
  const ticket = await write<{ number: number }>('tickets', clientToken, '/support/tickets', open);
  if (!ticket) return;

  const path = `/support/tickets/${ticket.number}`;
  const comment = (at: string, token: string, files?: string[]) =>
    write('comments', token, at, (mark) => ({ body: mark, files }));
  const vote = (at: string) =>
    write('votes', clientToken, at, (mark) => ({ score: 1 + Math.floor(chance() * 10), comment: mark }));
  const steps = [
    async () => comment(`${path}/comments`, clientToken, await upload(writing)),
    () => comment(`/staff/tickets/${ticket.number}/comments`, staffToken),
    () => vote(`${path}/close`),
    () => vote(`${path}/vote`),
    () => comment(`${path}/reopen`, clientToken),
    () => comment(`${path}/comments`, clientToken),
  ];
  for (const step of steps) if (writing.isOver() || !(await step())) return;
}

async function upload(writing: Writing): Promise<string[] | undefined> {
  const { ledger, chance, keyedShare, clientToken: token } = writing;
  const content = `${chance()}\n`.repeat(1 + Math.floor(chance() * 1000));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const entry = ledger.add('files', chance() < keyedShare, sha256);
  const body = fileForm(`${entry.mark}.txt`, content);
  const file = await post<{ uuid: string }>(writing, { entry, token, path: '/files/public/files', body });
  return file && [file.uuid];
}

interface Post {
  entry: Entry;
  token: string;
  path: string;
  body: object;
}

/** Sends until there is a response, or once when a repeat could duplicate the write. Returns what was acknowledged. */
async function post<T>(writing: Writing, { entry, token, path, body }: Post): Promise<T | undefined> {
  const { url, ledger, attempts, gate } = writing;
  const key = entry.isKeyed ? entry.mark : undefined;
  for (let left = entry.isKeyed ? attempts : 1; left > 0; ) {
    await gate?.passed();
    const response = await send<T & { code?: string }>(`${url}${path}`, token, { method: 'POST', body, key });
    ledger.record(response);
    // The first attempt is still in progress: this response does not say how it ends.
    const isInProgress = response?.body.code === 'request_in_progress';
    if (response && response.status < 500 && !isInProgress) {
      const isDone = response.status < 300;
      entry.outcome = isDone ? 'acknowledged' : 'refused';
      return isDone ? response.body : undefined;
    }
    if (!isInProgress) left--;
    if (left > 0) ledger.retries++;
    if (response) await wait(50);
  }
  return undefined;
}
