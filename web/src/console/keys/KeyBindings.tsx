/** Listens to the keyboard, once for the console: the library finds the row of keys.ts, and the registry does it. */
import { type RegisterableHotkey, useHotkeySequences, useHotkeys } from '@tanstack/react-hotkeys';
import { usePreferences } from '../preferences.ts';
import { bindingsOf, isSequence } from './bindings.ts';
import { type KeyId, keys, rowOf } from './keys.ts';
import { runKey } from './registry.ts';

const SECOND_KEY_MS = 1000;
/** A handler decides whether the browser gets the key; bindings of one key for two rows are prevented in the settings. */
const options = {
  preventDefault: false,
  stopPropagation: false,
  conflictBehavior: 'allow',
  ignoreInputs: false, // the library counts a checkbox as one; `isTaken` has the rule
} as const;

let firstKeyAt = 0;

export function KeyBindings() {
  const bindings = bindingsOf(keys, usePreferences());
  const sequences = bindings.filter(({ key }) => isSequence(key));
  const firstKeys = new Set(sequences.map(({ key }) => key.slice(0, key.indexOf(' '))));

  useHotkeys(
    [
      ...[...firstKeys].map((key) => ({ hotkey: named(key), callback: beginSequence })),
      ...bindings
        .filter(({ key }) => !isSequence(key))
        .map(({ id, key }) => ({
          hotkey: named(key),
          callback(event: KeyboardEvent) {
            // The second key of a sequence is nothing by itself.
            if (Date.now() - firstKeyAt < SECOND_KEY_MS) firstKeyAt = 0;
            else press(id, event);
          },
        })),
    ],
    options,
  );
  useHotkeySequences(
    sequences.map(({ id, key }) => ({
      sequence: key.split(' ').map(named),
      callback: (event: KeyboardEvent) => press(id, event),
      options: { timeout: SECOND_KEY_MS },
    })),
    options,
  );
  return null;
}

/** The library's type lists the keys of a keyboard; ours are checked when they are recorded. */
const named = (key: string) => key as Extract<RegisterableHotkey, string>;

function beginSequence(event: KeyboardEvent) {
  if (!isTaken(event)) firstKeyAt = Date.now();
}

function press(id: KeyId, event: KeyboardEvent) {
  if (isTaken(event) || (event.repeat && !rowOf(id).repeats)) return;
  if (runKey(id, event)) event.preventDefault();
}

/** Whether the key belongs to somebody else: an open menu or dialog, or what has the focus. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || isPopupOpen()) return true;
  const target = event.target instanceof Element ? event.target : document.body;
  const isShortcut = event.ctrlKey || event.metaKey || event.key === 'Escape';
  if (!isShortcut && target.matches(TYPED_INTO)) return true;
  const isRow = target.matches('[data-number]');
  if (event.key === 'Enter') return target.matches(PRESSED) && !isRow; // a row is opened, and read
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return target !== document.body && !isRow; // elsewhere they scroll or choose
  return false;
}

const TYPED_INTO =
  'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])';
const PRESSED = 'a, button, summary, input, [role]:not([role=region])';

/**
 * Short messages at the edge are dialogs that are not modal: keys go past them. What is fading away is closed already, and
 * the next key is not for it.
 */
const isPopupOpen = () =>
  [...document.querySelectorAll(POPUPS)].some((popup) => !popup.closest('[data-closed]'));

const POPUPS = 'dialog[open], [role$=dialog]:not([aria-modal=false]), [role=menu], [role=listbox]';
