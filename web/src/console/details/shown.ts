/** Whether the details are shown: beside the conversation where there is room, else over it. */
import { useSyncExternalStore } from 'react';
import { createStore } from '#shared/store.ts';

const KEY = 'paneldesk.details';
const wide = matchMedia('(width >= 1280px)');
const beside = createStore(readBeside());
const over = createStore(false);

function readBeside(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'hidden';
  } catch {
    return true;
  }
}

export function toggleDetails() {
  if (!wide.matches) return over.set(!over.get());
  beside.set(!beside.get());
  try {
    localStorage.setItem(KEY, beside.get() ? 'shown' : 'hidden');
  } catch {
    // The browser keeps nothing: it holds for this page.
  }
}

export const closeOverlay = () => over.set(false);

function subscribe(listener: () => void) {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
}

export function useDetails() {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  const [isBeside, isOver] = [beside.use(), over.use()];
  return { isShown: isWide ? isBeside : isOver, isOverlay: !isWide };
}
