/**
 * The search tokens of a ticket. For a name, each run from a part to its end is stored, so that any run of its parts
 * finds it, and the stem of each part, so that its inflected forms do (English and Russian). For CJK, each pair of
 * adjacent characters is stored. All have positions, for phrase search.
 */
import { type RawBuilder, sql } from 'kysely';
import { genericArray } from '#platform/db/generic-array.ts';
import { fold } from './fold.ts';
import { languageOf, partsOf, tokenize } from './word-tokens.ts';

const MAX_TEXT = 100_000; // UTF-16 units of one text: the longest comment
const MAX_BYTES = 480_000; // added to a ticket at once; with what the ticket has, below the 1 MiB limit of a tsvector
/** A ticket with more bytes of words than this takes no more. It is still found by the earlier ones. */
export const MAX_TICKET_BYTES = 500_000;
const MAX_POSITIONS = 255; // per word in a tsvector
/** A tsvector has positions up to 16,383. In a ticket with more words, a phrase is found by its single words. */
const MAX_WORDS = 16_000;
/** Marks a ticket whose positions are incomplete. */
export const INCOMPLETE = '~';

export interface SearchWords {
  positions: Map<string, number[]>;
  /** Words that may have inflected forms. */
  russian: Set<string>;
  english: Set<string>;
  /** How many positions these words take. */
  count: number;
  isIncomplete: boolean;
  bytes: number;
}

export const emptyWords = (): SearchWords => ({
  positions: new Map(),
  russian: new Set(),
  english: new Set(),
  count: 0,
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
      addStem(words, text);
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

function addStem(words: SearchWords, word: string) {
  const language = languageOf(word);
  if (language !== undefined) addStemmed(words, word, language);
}

function addStemmed(words: SearchWords, word: string, language: 'russian' | 'english') {
  if (words[language].has(word) || words.bytes > MAX_BYTES) return;
  words[language].add(word);
  words.bytes += Buffer.byteLength(word) + 16;
}

/** Adds the words of later texts. Returns false, and adds nothing, when there are too many to add at once. */
export function appendWords(words: SearchWords, later: SearchWords): boolean {
  if (words.bytes + later.bytes > MAX_BYTES) return false;
  for (const [word, positions] of later.positions) {
    for (const position of positions) addWord(words, word, words.count + position);
  }
  for (const language of ['russian', 'english'] as const) {
    for (const word of later[language]) addStemmed(words, word, language);
  }
  words.count += later.count;
  words.isIncomplete ||= later.isIncomplete;
  return true;
}

/** A tsvector as text, each word with `prefix`; `bare` are words without a position. */
export function vectorOf({ positions }: SearchWords, prefix: string, bare: string[] = []): string {
  const stored = Array.from(
    positions,
    ([word, at]) => `'${prefix}${word.replaceAll('\\', '\\\\')}':${at.join(',')}`,
  );
  return [...stored, ...bare.map((word) => `'${prefix}${word}'`)].join(' ');
}

/** The mark of words whose positions are incomplete. */
export const incompleteMarkOf = ({ isIncomplete, count }: SearchWords) =>
  isIncomplete || count > MAX_WORDS ? [INCOMPLETE] : [];

/** SQL for a tsvector of words and their stems, each with `prefix`. */
export function wordVector(words: SearchWords, prefix: string): RawBuilder<string> {
  const russian = genericArray([...words.russian], 'text');
  const english = genericArray([...words.english], 'text');
  const stems = stemVector(sql`${prefix}`, russian, english);
  return sql`(${vectorOf(words, prefix, incompleteMarkOf(words))}::tsvector || ${stems})`;
}

/** SQL for a tsvector of the stems of these words. */
export const stemVector = (
  prefix: RawBuilder<unknown>,
  russian: RawBuilder<unknown>,
  english: RawBuilder<unknown>,
) =>
  sql<string>`(
    select coalesce(array_to_tsvector(array_agg(${prefix} || '=' || stem)), '')
    from (
      select unnest(ts_lexize('russian_stem', word)) as stem
      from unnest(${russian}) as word
      union all
      select unnest(ts_lexize('english_stem', word))
      from unnest(${english}) as word
    ) as stems
  )`;

/** SQL for the mark of a ticket with more words than a tsvector has positions for. */
export const incompleteMark = (prefix: RawBuilder<unknown>, count: RawBuilder<unknown>) =>
  sql`case when ${count} > ${MAX_WORDS} then array_to_tsvector(array[${prefix} || ${INCOMPLETE}]) else '' end`;
