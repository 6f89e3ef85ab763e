/** The widths of the panes on this device. They are lengths of the style sheet: a drag draws nothing anew. */

export type Pane = 'list' | 'details';

/** In pixels. `share`: of the window at most, so that the conversation keeps its room. */
export const limits: Record<Pane, { min: number; max: number; share: number }> = {
  list: { min: 280, max: 640, share: 0.36 },
  details: { min: 220, max: 480, share: 0.24 },
};

const KEY = 'paneldesk.panes';
const widths = read();
for (const pane of Object.keys(limits) as Pane[]) show(pane); // of a constant record: it has no other keys

/** The widest that the pane can be in this window. */
export const widest = (pane: Pane) =>
  Math.max(
    limits[pane].min,
    Math.min(limits[pane].max, Math.floor(limits[pane].share * document.documentElement.clientWidth)),
  );

/** Null: as wide as the style sheet says. */
export function setWidth(pane: Pane, width: number | null) {
  if (width === null) delete widths[pane];
  else widths[pane] = Math.round(Math.max(limits[pane].min, Math.min(widest(pane), width)));
  show(pane);
}

export function keepWidths() {
  try {
    localStorage.setItem(KEY, JSON.stringify(widths));
  } catch {
    // The browser keeps nothing: it holds for this page.
  }
}

/** What does not fit its pane is dropped: the browser’s store can be written by hand. */
function read(): Partial<Record<Pane, number>> {
  try {
    const kept: Record<string, unknown> = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const isWidth = ([pane, width]: [string, unknown]) =>
      Object.hasOwn(limits, pane) && typeof width === 'number' && width >= limits[pane as Pane].min;
    return Object.fromEntries(Object.entries(kept).filter(isWidth));
  } catch {
    return {};
  }
}

function show(pane: Pane) {
  const { style } = document.documentElement;
  const width = widths[pane];
  if (width === undefined) style.removeProperty(`--${pane}-width`);
  else style.setProperty(`--${pane}-width`, `${width}px`);
}
