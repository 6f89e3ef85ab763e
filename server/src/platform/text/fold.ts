/** Folds text for search: ignores case, accents and the differences between dashes. */
import { normalise } from './normalise.ts';

/** Gives the same text for every spelling that search treats as equal. Linear in the text. */
export function fold(text: string): string {
  const lowerCase = text.toLowerCase();
  const bare = simple.test(lowerCase) ? lowerCase : withoutAccents(lowerCase);
  return bare.replace(replaced, (letter) => spellings[letter] ?? '');
}

/** Characters without accents or alternative forms, which is most text in English and Russian. */
const simple = /^[\0-\x7f\u0430-\u044f\u0451«»„“”’–—№…]*$/;

const withoutAccents = (lower: string) =>
  normalise(lower, 'NFD').replace(accents, '$1').replace(stresses, '$1').normalize('NFC').toLowerCase();

const accents = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** Stress marks on Russian words. The breve and the dots of Cyrillic letters make other letters and stay. */
const stresses = /(\p{Script=Cyrillic})[\u0300\u0301]+/gu;

/** Letters that do not decompose, dashes other than the hyphen, and invisible characters (DI). */
const replaced = /[ёßæœøłđðþħıς\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|(?!\u200b)\p{DI}/gu;

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
