/** Puts the focus on what is about to be drawn. It never stays on nothing: a keyboard would begin at the top again. */

const WAIT_MS = 1500;
let wanted: object | null = null;

/** The row of a ticket in the list. */
export const focusRow = (number: number) => focusWhenThere(`[data-number="${number}"]`);

/** The conversation, where arrows scroll. */
export const focusThread = () => focusWhenThere('#conversation [data-thread]');

/** The conversation, else what is in its place; the list where there is nothing beside it. */
export const focusConversation = () =>
  focusWhenThere(
    ['#conversation [data-thread]', '#conversation', 'main'].find((selector) =>
      document.querySelector(selector)?.checkVisibility(),
    ) ?? 'main',
  );

export const focusMain = () => focusWhenThere('#conversation');

/** Once it is there, unless something else got the focus meanwhile, or wants it. */
export function focusWhenThere(selector: string) {
  const mine = {};
  wanted = mine;
  const from = document.activeElement;
  const until = performance.now() + WAIT_MS;
  function attempt() {
    if (wanted !== mine) return;
    const isElsewhere = document.activeElement !== from && document.activeElement !== document.body;
    if (isElsewhere) return end();
    const found = document.querySelector<HTMLElement>(selector);
    if (found && found.tabIndex < 0) found.tabIndex = -1; // what is no control can get the focus by script only
    found?.focus({ preventScroll: true });
    if (found && document.activeElement === found) return end();
    if (performance.now() < until) requestAnimationFrame(attempt);
    else end();
  }
  function end() {
    wanted = null;
  }
  attempt();
}

/** Whether something that is about to be drawn gets the focus. */
export const isFocusWanted = () => wanted !== null;

/** The number of the row that has the focus. */
export function focusedRow(): number | null {
  const row = document.activeElement?.closest<HTMLElement>('[data-number]');
  return row ? Number(row.dataset.number) : null;
}

export const isTyping = () =>
  document.activeElement?.matches('textarea, [contenteditable], input:not([type=checkbox], [type=radio])') ??
  false;
