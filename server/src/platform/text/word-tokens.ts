/**
 * Splits folded text into what is searched: names made of parts (`vps-18.example.com`, a plain word has one part), and runs
 * of Chinese, Japanese and Korean, which have no spaces between words. Every piece is bounded and the work is linear.
 */

const MAX_WORD = 40; // code points; a longer word is found by its beginning

const cjk = '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}]';
const separators = '-._:/@\\';
const separator = '[\\-._:\\/@\\\\]';
// A mark stands behind a letter or a digit: alone it would make words of symbols, which often have one.
const part = `[[\\p{L}\\p{N}]--${cjk}][[\\p{L}\\p{M}\\p{N}]--${cjk}]*`;
/** `c++`, and `c#` but not the `#` of `Ticket#100559`. */
const sign = '\\+\\+|(?<=(?:^|[^\\p{L}\\p{M}\\p{N}])\\p{L})#';
const anyToken = new RegExp(
  `([\\p{L}&&${cjk}]+)|(${part}(?:${separator}+${part})*)(${sign})?(${separator}*)`,
  'gv',
);
const anySeparators = new RegExp(`${separator}+`, 'g');

export interface Token {
  /** The characters of a run of CJK; empty for a name. */
  characters: string[];
  name: string;
  /** `++` or `#` behind a name. */
  sign: string;
  /** The separators behind a name: `10.0.3.` may go on. */
  end: string;
}

export function* tokensOf(folded: string): Generator<Token> {
  for (const [, run, name = '', sign = '', end = ''] of folded.matchAll(anyToken))
    yield { characters: run === undefined ? [] : Array.from(run), name, sign, end };
}

interface Part {
  /** `example` of `vps-18.example.com`. */
  text: string;
  /** From this part to the end of the name, `example.com`: any run of its parts finds a name. */
  run: string;
}

export function* partsOf(name: string): Generator<Part> {
  let start = 0;
  for (const { 0: between, index } of name.matchAll(anySeparators)) {
    yield partAt(name, start, index);
    start = index + between.length;
  }
  yield partAt(name, start, name.length);
}

const partAt = (name: string, start: number, end: number): Part => ({
  text: cut(name.slice(start, Math.min(end, start + 2 * MAX_WORD))),
  run: cut(name.slice(start, start + 2 * MAX_WORD)),
});

/** The first 40 code points: these are within the first 80 units, so that a long rest costs nothing. */
export const cut = (word: string) =>
  word.length <= MAX_WORD
    ? word
    : Array.from(word.slice(0, 2 * MAX_WORD))
        .slice(0, MAX_WORD)
        .join('');

/** Which dictionary has the other forms of a word; only plain words have any. */
export const languageOf = (word: string) =>
  /^[а-я]+$/.test(word) ? 'russian' : /^[a-z]+$/.test(word) ? 'english' : undefined;

export const separatorList = Array.from(separators);
