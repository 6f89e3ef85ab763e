/** The session has ended while the page is open. What was typed stays. */
import { useSyncExternalStore } from 'react';

let hasEnded = false;
const listeners = new Set<() => void>();

export function reportEnded() {
  hasEnded = true;
  for (const listener of listeners) listener();
}

export const useHasEnded = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
