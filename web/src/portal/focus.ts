/** Where the focus goes with a navigation, so that a keyboard or a screen reader goes on there. */
import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

type Pane = RefObject<HTMLElement | null>;
const WAIT_MS = 3000;

const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled), textarea, [tabindex="0"]';

/** Onto what stands nearest to a control that is gone: in a form, onto what is chosen or written there. */
export function focusNear(lost: Element[]) {
  for (const each of lost) {
    if (!each.isConnected) continue;
    const found = [
      ...each.querySelectorAll<HTMLElement>(':checked, textarea'),
      ...each.querySelectorAll<HTMLElement>(CONTROLS),
    ];
    const control = found.find((one) => one.checkVisibility());
    if (control) return control.focus({ preventScroll: true });
  }
}

/** Opening moves it to the heading of what was opened; going back, to the row that was open. */
export function useFocusOnNavigation(list: Pane, open: Pane) {
  const [path] = useLocation();
  const before = useRef(path);
  useEffect(() => {
    const from = before.current;
    before.current = path;
    if (path === from) return;
    if (path !== '/') return focusHeading(open.current);
    const number = /^\/t\/(\d+)/.exec(from)?.[1];
    const opener = number ? `[data-row="${number}"]` : 'a[href$="/new"]';
    if (isOutside(list.current)) list.current?.querySelector<HTMLElement>(opener)?.focus();
  }, [path, list, open]);
}

export function focusPane(pane: Pane) {
  const first = pane.current?.querySelector<HTMLElement>('[data-row]');
  if (first) first.focus();
  else focusHeading(pane.current);
}

/** Waits until the heading has words; gives up when the reader has gone into the pane. Returns what ends it. */
function focusHeading(pane: HTMLElement | null) {
  const until = performance.now() + WAIT_MS;
  let frame = requestAnimationFrame(look);
  function look() {
    if (!isOutside(pane) || performance.now() > until) return;
    const heading = pane?.querySelector<HTMLElement>('h2');
    if (!heading?.textContent) {
      frame = requestAnimationFrame(look);
      return;
    }
    heading.tabIndex = -1; // focused by a script only
    heading.focus({ preventScroll: true });
  }
  return () => cancelAnimationFrame(frame);
}

const isOutside = (pane: HTMLElement | null) => !pane?.contains(document.activeElement);
