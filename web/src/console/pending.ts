/**
 * Changes of tickets that are shown before the server has answered. They lie over what is known from the server, in the
 * order in which they were made: no answer, no event and no failure of another one touches them.
 */
import { useMemo } from 'react';
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { createStore } from '#shared/store.ts';

/** Fields of a ticket; `assignee_name` is of rows only. */
export type Shown = Partial<QueueTicket>;
export type Change = (ticket: Pick<QueueTicket, 'tags'>) => Shown;
type Ticket = Pick<QueueTicket, 'number' | 'tags'>;

interface Pending {
  change: Change;
  isDone: boolean;
}

const pending = createStore<ReadonlyMap<number, readonly Pending[]>>(new Map());

/** Shows a change of these tickets. Returns what ends it. */
export function addPending(numbers: number[], change: Change) {
  const added: Pending = { change, isDone: false };
  update(numbers, (changes) => [...changes, added]);
  /**
   * In `failed` it is taken back. In the others it is done, and returned as soon as all changes before it have ended: with
   * those that have waited for it, it is part of what is known then.
   */
  return (failed: Set<number>): Map<number, Change[]> => {
    const done = { change, isDone: true };
    const known = new Map<number, Change[]>();
    update(numbers, (changes, number) => {
      const left = failed.has(number)
        ? changes.filter((each) => each !== added)
        : changes.map((each) => (each === added ? done : each));
      const next = left.findIndex(({ isDone }) => !isDone);
      const ended = next < 0 ? left : left.slice(0, next);
      known.set(
        number,
        ended.map(({ change }) => change),
      );
      return left.slice(ended.length);
    });
    return known;
  };
}

function update(
  numbers: number[],
  change: (changes: readonly Pending[], number: number) => readonly Pending[],
) {
  const all = new Map(pending.get());
  for (const number of numbers) {
    const changes = change(all.get(number) ?? [], number);
    if (changes.length > 0) all.set(number, changes);
    else all.delete(number);
  }
  pending.set(all);
}

/** A ticket with changes. Names that only rows have do no harm in it. */
export function withChanges<T extends Pick<QueueTicket, 'tags'>>(ticket: T, changes: Change[] = []): T {
  let changed = ticket;
  for (const change of changes) changed = { ...changed, ...change(changed) };
  return changed;
}

const over = <T extends Ticket>(ticket: T, changes: readonly Pending[] | undefined): T =>
  changes
    ? withChanges(
        ticket,
        changes.map(({ change }) => change),
      )
    : ticket;

export const withPending = <T extends Ticket>(ticket: T): T => over(ticket, pending.get().get(ticket.number));

export function usePending<T extends Ticket>(ticket: T | undefined): T | undefined {
  const changes = pending.usePart((all) => ticket && all.get(ticket.number));
  return useMemo(() => ticket && over(ticket, changes), [ticket, changes]);
}

export function usePendingRows(rows: QueueTicket[]): QueueTicket[] {
  const all = pending.use();
  return useMemo(
    () => (all.size === 0 ? rows : rows.map((row) => over(row, all.get(row.number)))),
    [rows, all],
  );
}
