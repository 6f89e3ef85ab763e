export type Key = '/' | 'c' | 'j' | 'k';
type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

const byCode: Record<string, Key> = { KeyC: 'c', KeyJ: 'j', KeyK: 'k' };

/** The key that was meant: the letter where it is Latin (Dvorak), else its place on the keyboard (ЙЦУКЕН). */
export function keyOf(press: Press): Key | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return undefined;
  const { key, code } = press;
  if (key === '/' || (code === 'Slash' && key === '.' && !press.shiftKey)) return '/'; // “.” on a Russian keyboard
  if (press.shiftKey) return undefined;
  const isLatin = /^[a-z]$/i.test(key);
  return isLatin ? Object.values(byCode).find((known) => known === key.toLowerCase()) : byCode[code];
}
