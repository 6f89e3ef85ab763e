/** The open ticket stays in the list when it no longer matches it, until another one is opened. */
import { createStore } from '#shared/store.ts';

let open: number | null = null;
const left = createStore<number | null>(null);

/** Tells which ticket is open. Returns the one that now has to leave the list. */
export function setOpenTicket(number: number | null): number | null {
  if (number === open) return null;
  open = number;
  const leaving = left.get();
  left.set(null);
  return leaving;
}

/** Whether a ticket that does not match any more stays for now. */
export function staysBehind(number: number): boolean {
  if (number !== open) return false;
  left.set(number);
  return true;
}

/** The ticket that stands in the list without matching it. */
export const useLeftBehind = left.use;
