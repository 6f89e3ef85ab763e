/** Text as search compares it: without case, accents and the differences between dashes. */
import { normalise } from './normalise.ts';

/** The same letters, dashes and words for every spelling that search takes for the same. Linear in the text. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const bare = simple.test(lower) ? lower : withoutAccents(lower);
  return bare.replace(spelled, (letter) => spellings[letter] ?? '');
}

/** Nothing but what has neither accents nor more than one form: most text in English and Russian. */
const simple = /^[\0-\x7f\u0430-\u044f\u0451«»„“”’–—№…]*$/;

const withoutAccents = (lower: string) =>
  normalise(lower, 'NFD').replace(accents, '$1').replace(stresses, '$1').normalize('NFC').toLowerCase();

const accents = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** The stress of a Russian word; the breve and the dots of Cyrillic make other letters. */
const stresses = /(\p{Script=Cyrillic})[\u0300\u0301]+/gu;

/** Letters that no accent can be taken off, other dashes than the hyphen, and what is not seen at all (DI). */
const spelled = /[ёßæœøłđðþħıς\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|(?!\u200b)\p{DI}/gu;

const spellings: Record<string, string> = {
  ё: 'е',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ...Object.fromEntries(Array.from('‐‑‒–—―−﹘﹣－', (dash) => [dash, '-'])),
};
