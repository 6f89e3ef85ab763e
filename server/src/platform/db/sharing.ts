/**
 * Short writes that wait at the same time share a transaction. Its start, its end and every `batched` statement in it are
 * carried out once for all of them: that is most of what a short write costs.
 *
 * Each is still done as if it were alone. Work that is refused or fails in a shared transaction is done again in a
 * transaction of its own, and that outcome counts. If it has written something by then, or the database has refused a
 * statement, the shared transaction is rolled back, and all of its work is done again in that way.
 */
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '#errors.ts';
import type { Sql } from '#platform/sql.ts';
import type { Tx } from './executor.ts';
import { mayBeOutage } from './outage.ts';

type Work<T> = (tx: Tx) => Promise<T>;
type Transact = <T>(work: Work<T>) => Promise<T>;

export interface Sharing {
  /** Only work of one kind shares a transaction: all of it takes its locks in the same order. */
  kind: string;
  accountId: number;
  /** What it is about. Work about the same thing shares no transaction, and keeps its order. */
  about: string[];
  /** The size of what it writes. */
  bytes: number;
}

const MAX_WORK = 32; // in a transaction
const MAX_BYTES = 32 * 1024; // in a transaction: words of users take time
const GATHER_MS = 4;
const PATIENCE_MS = 100; // a transaction takes 5 to 30 ms, unless the database is busy, locked or gone

interface Waiting extends Sharing {
  work: Work<unknown>;
  settle(outcome: Promise<unknown>): void;
}

/** The work of a kind. One transaction is open at a time, and meanwhile the work for the next one gathers. */
interface Queue {
  waiting: Waiting[];
  /** The open transaction takes long: nobody waits for it. */
  isSlow: boolean;
}

/** On a distributed database, a transaction touches one account. */
export function createSharing(transact: Transact, isDistributed: () => Promise<boolean>) {
  const queues = new Map<string, Queue>();

  return async function transactTogether<T>(sharing: Sharing, work: Work<T>): Promise<T> {
    if (sharing.bytes > MAX_BYTES) return transact(work);
    const name = (await isDistributed()) ? `${sharing.kind} ${sharing.accountId}` : sharing.kind;
    const queue = queues.get(name) ?? start(name);
    if (queue.isSlow) return transact(work);
    return new Promise<T>((resolve) => {
      queue.waiting.push({ ...sharing, work, settle: (outcome) => resolve(outcome as Promise<T>) }); // of this work
    });
  };

  function start(name: string): Queue {
    const queue = { waiting: [], isSlow: false };
    queues.set(name, queue);
    void empty(name, queue);
    return queue;
  }

  async function empty(name: string, queue: Queue) {
    await setImmediate(); // for work that comes in the same turn of the event loop
    while (queue.waiting.length > 0) {
      const group = takeFrom(queue);
      const patience = setTimeout(() => {
        queue.isSlow = true;
        alone(queue.waiting.splice(0));
      }, PATIENCE_MS);
      await carryOut(group);
      clearTimeout(patience);
      queue.isSlow = false;
      // Those who have their results may come again at once. Who was alone does not wait for others.
      if (group.length > 1) await wait(GATHER_MS);
    }
    queues.delete(name);
  }

  async function carryOut(group: Waiting[]) {
    try {
      const outcomes = await transact((tx) => workTogether(tx, group));
      for (const [i, outcome] of outcomes.entries()) {
        const { work, settle } = group[i] as Waiting; // one outcome for each
        settle(outcome.status === 'fulfilled' ? Promise.resolve(outcome.value) : transact(work));
      }
    } catch (error) {
      if (error instanceof Undone) return alone(group);
      // An outage, or a commit of which nobody knows whether it was carried out.
      for (const { settle } of group) settle(Promise.reject(error));
    }
  }

  function alone(group: Waiting[]) {
    for (const { work, settle } of group) settle(transact(work));
  }
}

/** Thrown by work that needs a transaction of its own, such as to wait for a lock: the others must not wait with it. */
export class NeedsOwnTransaction extends Error {}

/** The shared transaction is rolled back. */
class Undone extends Error {}

const isRefusal = (error: unknown) => error instanceof ApiError || error instanceof NeedsOwnTransaction;

async function workTogether(tx: Tx, group: Waiting[]) {
  let isSpoilt = false;
  const outcomes = await Promise.allSettled(
    group.map(async ({ work }) => {
      const own = memberOf(tx);
      try {
        return await work(own);
      } catch (error) {
        isSpoilt ||= own.hasWritten || !isRefusal(error);
        throw error;
      }
    }),
  );
  const outage = outcomes.find((outcome) => outcome.status === 'rejected' && mayBeOutage(outcome.reason));
  if (outage?.status === 'rejected') throw outage.reason;
  if (isSpoilt) throw new Undone();
  return outcomes;
}

const isSelect = ({ pieces }: Sql) => /^\s*select\b/.test(pieces[0] ?? '');

/** The shared transaction, as one of its members sees it. */
function memberOf(tx: Tx): Tx {
  return {
    isTransaction: true,
    together: tx,
    hasWritten: false,
    run(statement) {
      this.hasWritten ||= !isSelect(statement);
      return tx.run(statement);
    },
  };
}

/** Takes the work for the next transaction, in the order in which it came. */
function takeFrom(queue: Queue): Waiting[] {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const about = new Set<string>();
  let bytes = 0;
  for (const next of queue.waiting) {
    const hasRoom = taken.length < MAX_WORK && bytes + next.bytes <= MAX_BYTES;
    const fits = hasRoom && !next.about.some((thing) => about.has(thing));
    (fits ? taken : left).push(next);
    if (fits) bytes += next.bytes;
    for (const thing of next.about) about.add(thing); // what is left keeps the order of its work, too
  }
  queue.waiting = left;
  return taken;
}
