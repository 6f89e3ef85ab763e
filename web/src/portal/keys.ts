/** Single keys of the portal. They do nothing while somebody types, and can be switched off (WCAG 2.1.4). */
import { useEffect, useRef } from 'react';
import { type Key, keyOf } from './key-of.ts';
import { getPreferences } from './preferences.ts';

export function useKeys(actions: Record<Key, () => void>) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !getPreferences().hasKeys || isBusy(event.composedPath()[0])) return;
      const key = keyOf(event);
      if (!key) return;
      event.preventDefault();
      latest.current[key]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** In a field, a dialog or a menu, keys are its own. */
const isBusy = (target: EventTarget | undefined) =>
  (target instanceof Element && target.matches('input, textarea, select, [contenteditable]')) ||
  document.querySelector('dialog[open], [popover]:popover-open') !== null;
