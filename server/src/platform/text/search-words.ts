/**
 * The search tokens of a text. For a name, each run from a part to its end is stored, so that any run of its parts
 * finds it, and the stem of each part, so that its inflected forms do (English and Russian). A word that is its own stem
 * is stored once. For CJK, each pair of adjacent characters is stored. All have positions, for phrase search.
 */
import { genericArray } from '#platform/db/generic-array.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from './fold.ts';
import { languageOf, partsOf, tokenize } from './word-tokens.ts';

const MAX_TEXT = 100_000; // UTF-16 units of one text: the longest comment
const MAX_BYTES = 480_000; // of one text. It may be stored twice, and the limit of a tsvector is 1 MiB
const MAX_POSITIONS = 255; // per word in a tsvector
/** A tsvector has positions up to 16,383. In a text with more words, a phrase is found by its single words. */
const MAX_WORDS = 16_000;
/** Marks a text whose positions are incomplete. */
export const INCOMPLETE = '~';
// Marks stand before words. No word that is typed begins with one.
/** Marks words of a client's name in a ticket. */
export const CLIENT_NAME = '@';
/** Marks words that the clients of an account see, as `:17:disk`. */
export const accountMark = (accountId: number) => `:${accountId}:`;

export interface SearchWords {
  positions: Map<string, number[]>;
  /** Words that may have inflected forms. */
  russian: Set<string>;
  english: Set<string>;
  /** Those before the end of a name. They are not in `positions` by themselves. */
  parts: Set<string>;
  /** How many positions these words take. */
  count: number;
  isIncomplete: boolean;
  bytes: number;
}

/** `count`: the last position that other words of the same row have. */
export const emptyWords = (count = 0): SearchWords => ({
  positions: new Map(),
  russian: new Set(),
  english: new Set(),
  parts: new Set(),
  count,
  isIncomplete: false,
  bytes: 0,
});

/** The words of the given texts. */
export function wordsOf(...texts: Array<string | null | undefined>): SearchWords {
  const words = emptyWords();
  for (const text of texts) addText(words, text ?? '');
  return words;
}

/** Adds the words of a text, up to the limits. */
export function addText(words: SearchWords, text: string) {
  if (text === '') return;
  let position = words.count + 2; // a gap after the previous text, so that no phrase spans two texts
  for (const { characters, name, sign } of tokenize(fold(text.slice(0, MAX_TEXT)))) {
    if (words.bytes > MAX_BYTES) break;
    for (const [i, character] of characters.entries()) {
      addWord(words, character + (characters[i + 1] ?? ''), position++);
    }
    if (name === '') continue;
    for (const { text, run } of partsOf(name)) {
      addWord(words, run, position);
      if (sign !== '') addWord(words, run + sign, position);
      addStem(words, text, text !== run);
      position++;
    }
  }
  words.count = position - 1;
}

function addWord(words: SearchWords, word: string, position: number) {
  if (words.bytes > MAX_BYTES) {
    words.isIncomplete = true;
    return;
  }
  const positions = words.positions.get(word);
  if (positions === undefined) {
    words.positions.set(word, [position]);
    words.bytes += Buffer.byteLength(word) + 20; // with the account id and its first position
  } else if (positions.length < MAX_POSITIONS) {
    positions.push(position);
    words.bytes += 2;
  } else {
    words.isIncomplete = true;
  }
}

function addStem(words: SearchWords, word: string, isPart: boolean) {
  const language = languageOf(word);
  if (language === undefined) return;
  addOnce(words, words[language], word);
  if (isPart) addOnce(words, words.parts, word);
}

function addOnce(words: SearchWords, set: Set<string>, word: string) {
  if (set.has(word) || words.bytes > MAX_BYTES) return;
  set.add(word);
  words.bytes += Buffer.byteLength(word) + 16;
}

/** A tsvector as text, each word with `prefix`. The stems that equal their word are in it. */
export function vectorOf(words: SearchWords, prefix: string): string {
  const stored = Array.from(
    words.positions,
    ([word, at]) => `'${prefix}${word.replaceAll('\\', '\\\\')}':${at.join(',')}`,
  );
  const parts = Array.from(words.parts, (part) => `'${prefix}=${part}'`);
  const isIncomplete = words.isIncomplete || words.count > MAX_WORDS;
  return [...stored, ...parts, ...(isIncomplete ? [`'${prefix}${INCOMPLETE}'`] : [])].join(' ');
}

/** SQL for a tsvector of words and their stems, each with `prefix`. */
export function wordVector(words: SearchWords, prefix: string): Sql<string> {
  const russian = genericArray([...words.russian], 'text');
  const english = genericArray([...words.english], 'text');
  const stems = stemVector(sql`${prefix}`, russian, english);
  return sql`(${vectorOf(words, prefix)}::tsvector || ${stems})`;
}

/** SQL for a tsvector of the stems of these words that differ from them. */
const stemVector = (prefix: Sql, russian: Sql, english: Sql) =>
  sql<string>`(
    select coalesce(array_to_tsvector(array_agg(${prefix} || '=' || stem)), '')
    from ${differingStems(russian, english)}
  )`;

/** SQL for rows of a `stem`: those of these words that differ from them. */
export const differingStems = (russian: Sql, english: Sql) => sql`(
  select stem from unnest(${russian}) as word, unnest(ts_lexize('russian_stem', word)) as stem where stem <> word
  union all
  select stem from unnest(${english}) as word, unnest(ts_lexize('english_stem', word)) as stem where stem <> word
) as stems`;
