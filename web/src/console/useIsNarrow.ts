import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(width < 480px)');

function subscribe(listener: () => void) {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether the window is that of a phone: nothing fits beside a menu. */
export const useIsNarrow = () => useSyncExternalStore(subscribe, () => narrow.matches);
