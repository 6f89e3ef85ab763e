import { useEffect } from 'react';
import { setLookedAt } from './notifications.ts';

/** While the page has the focus, its ticket needs no notification. */
export function useLookedAt(number: number | null) {
  useEffect(() => {
    const tell = () => setLookedAt(document.hasFocus() ? number : null);
    tell();
    window.addEventListener('focus', tell);
    window.addEventListener('blur', tell);
    window.addEventListener('pagehide', tell);
    return () => {
      window.removeEventListener('focus', tell);
      window.removeEventListener('blur', tell);
      window.removeEventListener('pagehide', tell);
    };
  }, [number]);
}
