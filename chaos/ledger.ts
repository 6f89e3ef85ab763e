/** The ledger: what the clients know of their writes, against which the database is checked. */
import type { Response } from './client.ts';

/**
 * `acknowledged`: a 2xx arrived. `refused`: a 4xx arrived. `unknown`: no response, or a 5xx, so the write may or may
 * not have been committed, but never twice.
 */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

/** The table in which a write can be recognised: a ticket by its summary, a file by its name, others by their text. */
export type Table = 'tickets' | 'comments' | 'files' | 'votes';

export interface Entry {
  table: Table;
  /** A unique text. With an Idempotency-Key, it is the key as well. */
  mark: string;
  isKeyed: boolean;
  outcome: Outcome;
  /** For an upload: the hash of what was sent, in hexadecimal. */
  sha256: string | null;
}

export interface Ledger {
  entries: Entry[];
  /** The number of responses by status; 0 for none. */
  statuses: Map<number, number>;
  /** Responses 429 and 503 without Retry-After. */
  unhelpful: number;
  /** The longest response time in milliseconds. A scenario may reset it to 0. */
  slowestMs: number;
  /** Requests sent again with the same key. */
  retries: number;
  /** Records a write before it is sent. */
  add(table: Table, isKeyed: boolean, sha256?: string): Entry;
  /** Records a response, or that none arrived. */
  record(response: Response<unknown> | undefined): void;
  count(outcome: Outcome): number;
  /** Responses with this status, or in this range. */
  responses(from: number, to?: number): number;
}

export function createLedger(): Ledger {
  const entries: Entry[] = [];
  const statuses = new Map<number, number>();
  const ledger: Ledger = {
    entries,
    statuses,
    unhelpful: 0,
    slowestMs: 0,
    retries: 0,
    add(table, isKeyed, sha256) {
      const mark = `${table}-${entries.length + 1}`;
      const entry: Entry = { table, mark, isKeyed, outcome: 'unknown', sha256: sha256 ?? null };
      entries.push(entry);
      return entry;
    },
    record(response) {
      const status = response?.status ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if ((status === 429 || status === 503) && !response?.headers.has('retry-after')) ledger.unhelpful++;
      if (response) ledger.slowestMs = Math.max(ledger.slowestMs, response.ms);
    },
    count: (outcome) => entries.filter((entry) => entry.outcome === outcome).length,
    responses(from, to = from) {
      return [...statuses].reduce(
        (sum, [status, times]) => sum + (status >= from && status <= to ? times : 0),
        0,
      );
    },
  };
  return ledger;
}
