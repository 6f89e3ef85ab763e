/** The open ticket stays in the list when it no longer matches it, until another one is opened. */
import { useSyncExternalStore } from 'react';

let open: number | null = null;
let left: number | null = null;
const listeners = new Set<() => void>();

/** Tells which ticket is open. Returns the one that now has to leave the list. */
export function setOpenTicket(number: number | null): number | null {
  if (number === open) return null;
  open = number;
  const leaving = left;
  setLeft(null);
  return leaving;
}

/** Whether a ticket that does not match any more stays for now. */
export function staysBehind(number: number): boolean {
  if (number !== open) return false;
  setLeft(number);
  return true;
}

function setLeft(number: number | null) {
  left = number;
  for (const listener of listeners) listener();
}

/** The ticket that stands in the list without matching it. */
export const useLeftBehind = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => left,
  );
