/**
 * What a ticket is found by. Of a name each run from a part to its end is kept, so that any run of its parts finds it, and
 * each part by its stem, so that its other forms do (English and Russian). Of CJK each two characters that follow one
 * another are kept. All have their positions, for phrases.
 */
import { type RawBuilder, sql } from 'kysely';
import { genericArray } from '#platform/db/generic-array.ts';
import { fold } from './fold.ts';
import { languageOf, partsOf, tokensOf } from './word-tokens.ts';

const MAX_TEXT = 100_000; // UTF-16 units of one text: the longest comment
const MAX_BYTES = 480_000; // added to a ticket at once: with those that it has, less than the 1 MiB of a tsvector
/** A ticket whose words take more than this takes no more words; it stays findable by the earlier ones. */
export const MAX_TICKET_BYTES = 500_000;
const MAX_POSITIONS = 255; // of one word in a tsvector
/** A tsvector has positions up to 16,383. In a ticket of more words a phrase is found by its words alone. */
const MAX_WORDS = 16_000;
/** Stands among the words of a ticket whose positions are not complete. */
export const INCOMPLETE = '~';

export interface Words {
  positions: Map<string, number[]>;
  /** Words that may have other forms. */
  russian: Set<string>;
  english: Set<string>;
  /** How many positions these words take. */
  count: number;
  isIncomplete: boolean;
  bytes: number;
}

export const noWords = (): Words => ({
  positions: new Map(),
  russian: new Set(),
  english: new Set(),
  count: 0,
  isIncomplete: false,
  bytes: 0,
});

/** The words of these texts. */
export function wordsOf(...texts: Array<string | null | undefined>): Words {
  const words = noWords();
  for (const text of texts) addText(words, text ?? '');
  return words;
}

/** Words behind the bounds are left out. */
export function addText(words: Words, text: string) {
  if (text === '') return;
  let position = words.count + 2; // not next to the last word of the text before: no phrase reaches across
  for (const { characters, name, sign } of tokensOf(fold(text.slice(0, MAX_TEXT)))) {
    if (words.bytes > MAX_BYTES) break;
    for (const [i, character] of characters.entries()) {
      keep(words, character + (characters[i + 1] ?? ''), position++);
    }
    if (name === '') continue;
    for (const { text, run } of partsOf(name)) {
      keep(words, run, position);
      if (sign !== '') keep(words, run + sign, position);
      keepStem(words, text);
      position++;
    }
  }
  words.count = position - 1;
}

function keep(words: Words, word: string, position: number) {
  if (words.bytes > MAX_BYTES) {
    words.isIncomplete = true;
    return;
  }
  const positions = words.positions.get(word);
  if (positions === undefined) {
    words.positions.set(word, [position]);
    words.bytes += Buffer.byteLength(word) + 20; // with its account and its first position
  } else if (positions.length < MAX_POSITIONS) {
    positions.push(position);
    words.bytes += 2;
  } else {
    words.isIncomplete = true;
  }
}

function keepStem(words: Words, word: string) {
  const language = languageOf(word);
  if (language === undefined || words[language].has(word) || words.bytes > MAX_BYTES) return;
  words[language].add(word);
  words.bytes += Buffer.byteLength(word) + 16;
}

/** A tsvector as text, each word behind `prefix`; `bare` are words without a position. */
export function vectorOf({ positions }: Words, prefix: string, bare: string[] = []): string {
  const kept = Array.from(
    positions,
    ([word, at]) => `'${prefix}${word.replaceAll('\\', '\\\\')}':${at.join(',')}`,
  );
  return [...kept, ...bare.map((word) => `'${prefix}${word}'`)].join(' ');
}

/** The mark of words whose positions are not complete. */
export const markOf = ({ isIncomplete, count }: Words) =>
  isIncomplete || count > MAX_WORDS ? [INCOMPLETE] : [];

/** SQL for a tsvector of words: each behind its account, so that no search meets another's. */
export const ticketWords = (accountId: number, words: Words) => wordVector(words, `${accountId}:`);

/** SQL for a tsvector of words and their stems, each behind `prefix`. */
export function wordVector(words: Words, prefix: string): RawBuilder<string> {
  return sql`(
    ${vectorOf(words, prefix, markOf(words))}::tsvector || (
      select coalesce(array_to_tsvector(array_agg(${`${prefix}=`} || stem)), '')
      from (
        select unnest(ts_lexize('russian_stem', word)) as stem
        from unnest(${genericArray([...words.russian], 'text')}) as word
        union all
        select unnest(ts_lexize('english_stem', word))
        from unnest(${genericArray([...words.english], 'text')}) as word
      ) as stems
    )
  )`;
}

/** SQL for the words that a ticket starts with: these, and its number, found as a whole only. */
export const firstWords = (accountId: number, number: RawBuilder<number> | number, words: Words) =>
  sql`${ticketWords(accountId, words)} || array_to_tsvector(array[${`${accountId}:#`} || ${number}])`;

/** SQL that adds the search row of the ticket that `ticket` gives. */
export const insertWords = (accountId: number, ticket: RawBuilder<unknown>, words: Words) => sql`
  insert into ticket_search (account_id, number, words, word_count)
  select ${accountId}, number, ${firstWords(accountId, sql`number`, words)}, ${words.count}::int
  from ${ticket}
`;

/** SQL that adds words to the search row of a ticket. */
export function addWords(
  accountId: number,
  number: RawBuilder<number> | number,
  words: Words,
): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = words || ${ticketWords(accountId, words)} || ${incomplete(`${accountId}:`, sql`word_count + ${words.count}`)},
        word_count = word_count + ${words.count},
        padding = default
    where account_id = ${accountId}
      and number = ${number}
      and pg_column_size(words) < ${MAX_TICKET_BYTES}
  `;
}

/** SQL for the mark of a ticket with more words than have positions. */
export const incomplete = (prefix: string, count: RawBuilder<unknown>) =>
  sql`case when ${count} > ${MAX_WORDS} then array_to_tsvector(array[${prefix + INCOMPLETE}]) else '' end`;

/** SQL that lets the search row of a ticket start anew, for words that are no longer in it. */
export function restartWords(accountId: number, number: number, words: Words): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = ${firstWords(accountId, sql`number`, words)}, word_count = ${words.count}, padding = default
    where account_id = ${accountId} and number = ${number}
  `;
}
