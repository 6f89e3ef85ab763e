import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The id of the comment that the address names (`#c123`). */
export function useLinkedComment(): number | null {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return Number(/^#c(\d+)$/.exec(hash)?.[1]) || null;
}

/** Shows another comment and its address. The browser's own jump would scroll the page around us, too. */
export function goToComment(id: number) {
  history.replaceState(history.state, '', `#c${id}`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
