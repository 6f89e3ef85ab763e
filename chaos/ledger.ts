/** What the clients know of their writes: the only truth that the database is held to. */

import type { Response } from './client.ts';

/**
 * `acknowledged`: a 2xx came. `refused`: a 4xx came. `unknown`: no response, or a 5xx, after which nobody can say whether
 * it was done; such a write may be there or not, but never twice.
 */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

/** The table in which a write leaves its mark: of a ticket the summary, of a file the name, of the others the text. */
export type Table = 'tickets' | 'comments' | 'files' | 'votes';

export interface Entry {
  table: Table;
  /** A text that no other write has. With an Idempotency-Key, the key too. */
  mark: string;
  isKeyed: boolean;
  outcome: Outcome;
  /** Of an upload: what was sent, in hexadecimal. */
  sha256: string | null;
}

export interface Ledger {
  entries: Entry[];
  /** How often each status was answered; 0 for no response. */
  statuses: Map<number, number>;
  /** Answers of 429 and 503 that do not say when to retry. */
  unhelpful: number;
  /** The longest that a response took, in milliseconds; a scenario may set it back to 0. */
  slowestMs: number;
  /** Requests sent again with the same key. */
  retries: number;
  /** Notes a write before it is sent. */
  add(table: Table, isKeyed: boolean, sha256?: string): Entry;
  /** Notes a response, or that none came. */
  note(response: Response<unknown> | undefined): void;
  count(outcome: Outcome): number;
  /** Answers with this status, or between two. */
  answered(from: number, to?: number): number;
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
    note(response) {
      const status = response?.status ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if ((status === 429 || status === 503) && !response?.headers.has('retry-after')) ledger.unhelpful++;
      if (response) ledger.slowestMs = Math.max(ledger.slowestMs, response.ms);
    },
    count: (outcome) => entries.filter((entry) => entry.outcome === outcome).length,
    answered(from, to = from) {
      return [...statuses].reduce(
        (sum, [status, times]) => sum + (status >= from && status <= to ? times : 0),
        0,
      );
    },
  };
  return ledger;
}
