/** Whether the session has ended, or there was none. */
import { useSyncExternalStore } from 'react';

let isSignedOut = false;
const listeners = new Set<() => void>();

function set(value: boolean) {
  isSignedOut = value;
  for (const listener of listeners) listener();
}

export const reportSignedOut = () => set(true);
export const reportSignedIn = () => set(false);

export const useIsSignedOut = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isSignedOut,
  );
