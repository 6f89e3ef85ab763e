import { useSyncExternalStore } from 'react';

const phone = matchMedia('(width < 480px)');

function subscribe(listener: () => void) {
  phone.addEventListener('change', listener);
  return () => phone.removeEventListener('change', listener);
}

/** Whether the window is that of a phone: nothing fits beside a menu. */
export const useIsPhone = () => useSyncExternalStore(subscribe, () => phone.matches);
