/** The single keys of the console as a Russian keyboard sends them: other letters, at the same places. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { isCharacter } from '#console/keys/bindings.ts';

const LATIN = 'QWERTYUIOP[]ASDFGHJKLZXCVBNM';
const RUSSIAN = 'ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЯЧСМИТЬ';
const codes: Record<string, string> = { '[': 'BracketLeft', ']': 'BracketRight' };

/** Every single key of keys.ts, which only the build can load: its words are macros. */
export function singleKeys(): string[] {
  const table = readFileSync(new URL('../../../src/console/keys/keys.ts', import.meta.url), 'utf8');
  return [...table.matchAll(/{ key: '([^']+)'/g)].map(([, key = '']) => key).filter(isCharacter);
}

function eventOf(key: string): Pick<KeyboardEventInit, 'key' | 'code' | 'shiftKey'> {
  if (key === '/') return { key: '.', code: 'Slash' };
  if (key === '?') return { key: ',', code: 'Slash', shiftKey: true };
  if (/\d/.test(key)) return { key, code: `Digit${key}` };
  const latin = key.replace('Shift+', '');
  const letter = RUSSIAN[LATIN.indexOf(latin)] ?? '';
  const shiftKey = latin !== key;
  return {
    key: shiftKey ? letter : letter.toLowerCase(),
    code: codes[latin] ?? `Key${latin}`,
    shiftKey,
  };
}

/** `key` is as keys.ts writes it. */
export async function pressCyrillic(page: Page, key: string) {
  for (const step of key.split(' '))
    await page.evaluate(
      (init) =>
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
        ),
      eventOf(step),
    );
}
