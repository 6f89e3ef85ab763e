/** Keys of the composer. They hold Ctrl or ⌘: letters are for the text. */
import type { Format } from './formatting.ts';
import type { Way } from './ways.ts';

type Shortcut =
  | Extract<Format, 'bold' | 'italic' | 'code'>
  | 'preview'
  | 'attach'
  | 'send'
  | Exclude<Way, 'wait'>;

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const plain: Record<string, Shortcut> = { b: 'bold', i: 'italic', e: 'code' };
const shifted: Record<string, Shortcut> = { p: 'preview', a: 'attach' };

/** A Latin letter counts, else the place of the key: ЙЦУКЕН and others. */
export function shortcutOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: Pressed): Shortcut | null {
  if (!ctrlKey && !metaKey) return null;
  if (key === 'Enter') return altKey ? 'next' : shiftKey ? 'resolve' : 'send';
  if (altKey) return null;
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
  return (shiftKey ? shifted : plain)[letter] ?? null;
}
