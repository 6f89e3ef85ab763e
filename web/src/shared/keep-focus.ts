/**
 * A control that goes takes the focus with it: the dialog that was answered, the button of what is done. Whoever works
 * by keyboard then finds the focus near where it was, and not on nothing.
 */

/** What returns the focus by itself, as a dialog does, has done it by then. */
const FRAMES = 6;

interface Keeper {
  /** Puts the focus somewhere else; `lost` is what had it last on the page, with its ancestors. */
  restore(lost: Element[]): void;
  /** Whether something that is about to be drawn gets the focus. */
  isWanted?(): boolean;
}

/** Begins to watch; returns what ends it. */
export function keepFocus({ restore, isWanted = () => false }: Keeper) {
  let isByKey = false;
  let last: Element[] = [];
  let frames = 0;
  const isLost = () => isByKey && document.activeElement === document.body;

  function look() {
    if (!isLost()) frames = 0;
    else if (--frames > 0 || isWanted()) requestAnimationFrame(look);
    else restore(last);
  }
  const begin = () => {
    if (frames > 0 || !isLost()) return;
    frames = FRAMES;
    requestAnimationFrame(look);
  };
  const onKey = () => {
    isByKey = document.activeElement !== document.body;
  };
  const onPointer = () => {
    isByKey = false;
  };

  const onFocus = ({ target }: FocusEvent) => {
    // A menu over the page says nothing of where it was opened.
    if (target instanceof Element && target.closest('main')) last = [...withAncestors(target)];
  };

  const changes = new MutationObserver(begin);
  const attributeFilter = ['disabled', 'hidden', 'inert'];
  changes.observe(document.body, { childList: true, subtree: true, attributeFilter });
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPointer, true);
  window.addEventListener('focusin', onFocus, true);
  return () => {
    changes.disconnect();
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPointer, true);
    window.removeEventListener('focusin', onFocus, true);
  };
}

function* withAncestors(element: Element): Iterable<Element> {
  for (let each: Element | null = element; each; each = each.parentElement) yield each;
}
