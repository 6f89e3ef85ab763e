/**
 * Splits folded text into search tokens: names with parts (`vps-18.example.com`; a plain word has one part), and runs
 * of Chinese, Japanese and Korean, which have no spaces between words. Every token is bounded and the work is linear.
 */

const MAX_WORD = 40; // code points; a longer word is found by its first 40

const cjk = '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}]';
const separators = '-._:/@\\';
const separator = '[\\-._:\\/@\\\\]';
// A mark counts only after a letter or a digit: alone it would turn symbols, which often carry one, into words.
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
  /** `++` or `#` after a name. */
  sign: string;
  /** The separators after a name: in a search, `10.0.3.` may continue. */
  end: string;
}

export function* tokenize(folded: string): Generator<Token> {
  for (const [, run, name = '', sign = '', end = ''] of folded.matchAll(anyToken))
    yield { characters: run === undefined ? [] : Array.from(run), name, sign, end };
}

interface Part {
  /** `example` of `vps-18.example.com`. */
  text: string;
  /** From this part to the end of the name, such as `example.com`: a name is found by any run of its parts. */
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
  text: truncateWord(name.slice(start, Math.min(end, start + 2 * MAX_WORD))),
  run: truncateWord(name.slice(start, start + 2 * MAX_WORD)),
});

/** The first 40 code points. They are within the first 80 UTF-16 units, so the length of the rest does not matter. */
export const truncateWord = (word: string) =>
  word.length <= MAX_WORD
    ? word
    : Array.from(word.slice(0, 2 * MAX_WORD))
        .slice(0, MAX_WORD)
        .join('');

/** The dictionary that stems a word. Only plain words are stemmed. */
export const languageOf = (word: string) =>
  /^[а-я]+$/.test(word) ? 'russian' : /^[a-z]+$/.test(word) ? 'english' : undefined;

export const separatorList = Array.from(separators);
