/**
 * A control that goes takes the focus with it: the dialog that was answered, the button of what is done. Whoever works
 * by keyboard then finds the focus in the list, when it was there, or on the conversation, and not on nothing.
 */
import { focusList } from '../list/focus-after.ts';
import { focusConversation, isFocusWanted } from './focus.ts';

/** What returns the focus by itself, as a dialog does, has done it by then. */
const FRAMES = 6;

/** Begins to watch; returns what ends it. */
export function keepFocus() {
  let isByKey = false;
  let wasInList = false;
  let frames = 0;
  const isLost = () => isByKey && document.activeElement === document.body;

  function look() {
    if (!isLost()) frames = 0;
    else if (--frames > 0 || isFocusWanted()) requestAnimationFrame(look);
    else if (wasInList) focusList();
    else focusConversation();
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
    if (target instanceof Element && target.closest('main'))
      wasInList = target.closest('#conversation') === null;
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
