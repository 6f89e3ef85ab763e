/** Light or dark, as the system says or as it was chosen. Each face's theme.js shows it before the first paint. */
import { readKept, writeKept } from './kept.ts';
import { createStore } from './store.ts';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'paneldesk.theme';

export const theme = createStore<Theme>(readTheme());

export function setTheme(value: Theme) {
  theme.set(value);
  writeKept(KEY, value === 'auto' ? null : value);
  if (value === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

function readTheme(): Theme {
  const kept = readKept(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}
