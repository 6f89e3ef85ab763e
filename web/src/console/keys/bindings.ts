/** Which keys do what for this member: the table, with what they have changed in the settings. */

/** What the preferences of a member have; other keys of it are not ours. */
export type Preferences = Record<string, string | number | boolean | null>;

/** Rows by their ids, as in keys.ts. */
export type KeyTable<Id extends string> = Record<Id, { key: string; also?: readonly string[] }>;

export interface Binding<Id extends string> {
  id: Id;
  key: string;
}

export const PREFERENCE_OFF = 'keys.off';
export const preferenceOf = (id: string) => `key.${id}`;

/** On some layouts the key has another name: Shift and the slash key type a comma on ЙЦУКЕН. */
const aliases: Record<string, string[]> = { '?': ['Shift+/'] };

/** A key that types something: WCAG 2.1.4 asks that it can be switched off and changed. */
export const isCharacter = (key: string) => key.split(' ').every((step) => /^(Shift\+)?.$/u.test(step));

export const isSequence = (key: string) => key.length > 1 && key.includes(' ');

/** The key of a row, or null while it is switched off. */
export function keyOf<Id extends string>(table: KeyTable<Id>, id: Id, preferences: Preferences) {
  const changed = preferences[preferenceOf(id)];
  const key = typeof changed === 'string' && changed !== '' ? changed : table[id].key;
  return preferences[PREFERENCE_OFF] === true && isCharacter(key) ? null : key;
}

/** Every key that is bound now. */
export function bindingsOf<Id extends string>(table: KeyTable<Id>, preferences: Preferences) {
  return (Object.keys(table) as Id[]).flatMap((id): Binding<Id>[] => {
    const key = keyOf(table, id, preferences);
    const own = key === null ? [] : [key, ...(aliases[key] ?? [])];
    return [...own, ...(table[id].also ?? [])].map((each) => ({ id, key: each }));
  });
}

/**
 * A key as it is recorded, by the letter of a Latin keyboard: a letter recorded on ЙЦУКЕН would work on that layout
 * only. Null for what cannot be a shortcut, such as Tab.
 */
export function recordable(key: string, code: string): string | null {
  const [, modifiers = '', name = ''] = /^((?:\w+\+)*)(.+)$/u.exec(key) ?? [];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && !/^[\x21-\x7e]$/.test(name)) return modifiers + letter;
  if (/^\S$/u.test(name) || /^F\d+$/.test(name)) return key;
  return /Mod|Control|Alt|Meta/.test(modifiers) && name !== 'Tab' ? key : null;
}

/** The row that has this key already, or a sequence that begins with it; null when it is free. */
export function ownerOf<Id extends string>(table: KeyTable<Id>, preferences: Preferences, key: string) {
  const same = (other: string) => other === key || other.startsWith(`${key} `);
  const everything = bindingsOf(table, { ...preferences, [PREFERENCE_OFF]: false });
  return everything.find((binding) => same(binding.key))?.id ?? null;
}
