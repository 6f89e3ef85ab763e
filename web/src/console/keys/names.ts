/** The names of the keys as they are bound now, for the help, tooltips and menus. */
import { t } from '@lingui/core/macro';
import { formatForDisplay } from '@tanstack/react-hotkeys';
import { usePreferences } from '../preferences.ts';
import { keyOf } from './bindings.ts';
import { type KeyId, keys } from './keys.ts';

const keyLabels = { ContextMenu: '☰' };

/** One list of key caps for each key that is pressed: `[['Ctrl', 'K']]`, `[['G'], ['1']]`. */
export const capsOf = (key: string): string[][] =>
  key.split(' ').map((step) => formatForDisplay(step, { parts: true, keyLabels }));

export const isMac = /mac|iphone|ipad/i.test(navigator.platform);

/** `Ctrl+K`, `⌘K`, `G 1`. */
export const nameOf = (key: string): string =>
  capsOf(key)
    .map((caps) => caps.join(isMac ? '' : '+'))
    .join(' ');

/** The text of Caps: `Ctrl + K`, `⌘ K`, `G then 1`. */
export const labelOf = (key: string): string =>
  capsOf(key)
    .map((caps) => caps.join(isMac ? ' ' : ' + '))
    .join(` ${t({ message: 'then', comment: 'between two keys that are pressed one after the other' })} `);

/** The key of an action; null while it is switched off. */
export const useBoundKey = (id: KeyId): string | null => keyOf(keys, id, usePreferences());

/** The same as it is shown. */
export function useKeyName(id: KeyId): string | undefined {
  const key = useBoundKey(id);
  return key === null ? undefined : nameOf(key);
}

/** Tooltips: the name of an action, and its key. */
export function useKeyTitles(): (name: string, id: KeyId) => string {
  const preferences = usePreferences();
  return (name, id) => {
    const key = keyOf(keys, id, preferences);
    return key === null ? name : `${name} (${nameOf(key)})`;
  };
}

export const useKeyTitle = (name: string, id: KeyId): string => useKeyTitles()(name, id);
