/** Settings of this device, which the components follow. */
import { createStore } from '#shared/store.ts';

export type Density = 'comfortable' | 'compact';

const KEY = 'paneldesk.density';

/** The height of a row; compact rows have one line. */
export const density = createStore<Density>(readDensity());

showDensity(density.get());

export function setDensity(value: Density) {
  density.set(value);
  showDensity(value);
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // The browser keeps nothing: it holds for this page.
  }
}

function readDensity(): Density {
  try {
    return localStorage.getItem(KEY) === 'compact' ? 'compact' : 'comfortable';
  } catch {
    return 'comfortable';
  }
}

function showDensity(value: Density) {
  document.documentElement.dataset.density = value;
}
