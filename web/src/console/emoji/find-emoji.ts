/** The emoji with their names in the language of the page; those in English are found, too. */
import { i18n } from '#shared/i18n.ts';
import { readKept, writeKept } from '#shared/kept.ts';

export interface Emoji {
  emoji: string;
  name: string;
  /** In lower case. */
  words: string;
}

export async function loadEmoji(): Promise<Emoji[]> {
  const { default: english } = await import('virtual:emoji/en');
  const own = i18n.locale === 'ru' ? (await import('virtual:emoji/ru')).default : english;
  const englishWords = new Map(english.map(([emoji, name, words]) => [emoji, `${name} ${words}`]));
  return own.map(([emoji, name, words]) => ({
    emoji,
    name,
    words: `${name} ${words} ${englishWords.get(emoji) ?? ''}`.toLowerCase(),
  }));
}

/** Those that have every typed word at the beginning of one of theirs; the best first. */
export function findEmoji(all: Emoji[], text: string): Emoji[] {
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(({ words }) => typed.every((word) => ` ${words}`.includes(` ${word}`)));
  const rank = ({ name }: Emoji) => (name.toLowerCase().startsWith(typed[0] ?? '') ? 0 : 1);
  return found.toSorted((one, other) => rank(one) - rank(other));
}

const KEY = 'paneldesk.emoji';
const RECENT = 16;

/** Those that were used last on this device. */
export const recentEmoji = (): string[] => readKept(KEY)?.split(' ').filter(Boolean) ?? [];

export const rememberEmoji = (emoji: string) =>
  writeKept(KEY, [emoji, ...recentEmoji().filter((each) => each !== emoji)].slice(0, RECENT).join(' '));
