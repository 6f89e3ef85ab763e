/** Turns a search into tsqueries: one for each of its words, in any inflection, and for each quoted phrase. */
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { accountMark, CLIENT_NAME, INCOMPLETE } from '#platform/text/search-words.ts';
import {
  languageOf,
  partsOf,
  separatorList,
  type Token,
  tokenize,
  truncateWord,
} from '#platform/text/word-tokens.ts';
import { ticketNumberIn } from './ticket-number.ts';

const MAX_TYPED = 2000; // UTF-16 units; the schemas allow 1000 characters
const MAX_TERMS = 30; // also of a phrase
const MAX_PARTS = 8; // of a hyphenated word
const quoted = /(?<![\p{L}\p{N}])["“”„«]([^"“”„«»]*)["“”»](?![\p{L}\p{N}])/gu;

/** Which words to search: one account's, all, as staff do, or those of clients' names in tickets. */
type Scope = number | 'all' | 'names';

const prefixOf = (scope: Scope) =>
  scope === 'all' ? '' : scope === 'names' ? CLIENT_NAME : accountMark(scope);

/** What a ticket must have to be found. */
export interface SearchQuery {
  /** tsqueries as text: each must match some text of the ticket. */
  terms: string[];
  /** The number of the ticket that is meant. It is found without the terms, too. */
  number?: string | undefined;
}

/** Null when the search contains nothing to look for. */
export async function searchQuery(db: Db, scope: Scope, typed: string): Promise<SearchQuery | null> {
  const { tokens, phrases, number } = readTyped(typed);
  const prefix = prefixOf(scope);
  // Inside quotes, the backslash is the only special character of a word.
  const quote: Quote = (word) => `'${prefix}${word.replaceAll('\\', '\\\\')}'`;
  const stems = await findStems(db, tokens);
  const terms = [
    ...tokens.map((token) => queryOfToken(quote, token, stems)),
    ...phrases.map((phrase) => queryOfPhrase(quote, phrase)),
  ];
  return terms.length === 0 ? null : { terms, number };
}

/** The words, the phrases, and the ticket number when one ticket is meant. Exported for the test that times it. */
export function readTyped(typed: string) {
  const folded = fold(typed.slice(0, MAX_TYPED));
  const phrases = Array.from(folded.matchAll(quoted), ([, phrase = '']) =>
    Array.from(tokenize(phrase)).slice(0, MAX_TERMS),
  );
  const rest = folded.replace(quoted, ' ');
  const tokens = new Map(Array.from(tokenize(rest), (token) => [JSON.stringify(token), token]));
  return {
    tokens: [...tokens.values()].slice(0, MAX_TERMS),
    phrases: phrases.filter((phrase) => phrase.length > 0).slice(0, MAX_TERMS),
    number: ticketNumberIn(folded),
  };
}

type Quote = (word: string) => string;

const MAX_STEMS = 10_000;
/** The stems of words that were searched before: PostgreSQL always finds the same. */
const stemsOfWords = new Map<string, string[]>();

async function findStems(db: Db, tokens: Token[]): Promise<Map<string, string[]>> {
  const words = new Set(tokens.flatMap(({ name }) => Array.from(partsOf(name), ({ text }) => text)));
  const stems = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const word of words) {
    const known = stemsOfWords.get(word);
    if (known) stems.set(word, known);
    else if (languageOf(word) !== undefined) unknown.push(word);
  }
  if (unknown.length === 0) return stems;
  const { rows } = await sql<{ word: string; found: string[] | null }>`
    select word, ts_lexize((language || '_stem')::regdictionary, word) as found
    from unnest(${unknown}::text[], ${unknown.map(languageOf)}::text[]) as words (word, language)
  `.execute(db);
  if (stemsOfWords.size + rows.length > MAX_STEMS) stemsOfWords.clear();
  for (const { word, found } of rows) {
    stems.set(word, found ?? []);
    stemsOfWords.set(word, found ?? []);
  }
  return stems;
}

/**
 * Matches a prefix, a stem, a ticket number, a hyphenated word in other inflections, or, when it ends like a sentence,
 * the whole word.
 */
function queryOfToken(quote: Quote, token: Token, stems: Map<string, string[]>): string {
  const { characters, name, sign, end } = token;
  if (name === '') return inSequence(quote, bigramsOf(quote, characters));
  if (sign !== '') return `${quote(truncateWord(name) + sign)}:*`;
  // A word that is its own stem is stored as a word only.
  const stemsOf = (word: string) =>
    (stems.get(word) ?? []).flatMap((stem) => [quote(`=${stem}`), ...(stem === word ? [] : [quote(stem)])]);
  const forms = [`${quote(truncateWord(name + end))}:*`, ...stemsOf(name)];
  if (end !== '') forms.push(quote(truncateWord(name)));
  if (/^\d+$/.test(name)) forms.push(quote(`#${name}`));
  const parts = name.split('-');
  if (isHyphenated(name, stems)) {
    forms.push(`(${parts.map((part) => anyOf([...exactly(quote, part), ...stemsOf(part)])).join(' & ')})`);
  }
  return anyOf(forms);
}

/** `веб-сервер`, `ipv6-адрес`: some part can be inflected. Not `vps-18`, which is a name. */
function isHyphenated(name: string, stems: Map<string, string[]>): boolean {
  const parts = name.split('-');
  return (
    parts.length > 1 &&
    parts.length <= MAX_PARTS &&
    parts.every((part) => /^(?!\d+$)[\p{L}\p{M}\p{N}]+$/u.test(part)) &&
    parts.some((part) => (stems.get(part) ?? []).length > 0)
  );
}

/** Each word exactly, one after the other. */
function queryOfPhrase(quote: Quote, tokens: Token[]): string {
  const words = tokens.flatMap(({ characters, name, sign }) => {
    if (name === '')
      return [...bigramsOf(quote, characters).slice(0, characters.length - 1), lastOf(quote, characters)];
    const parts = Array.from(partsOf(name), ({ text }) => text);
    return parts.map((part, i) =>
      sign !== '' && i === parts.length - 1 ? quote(truncateWord(part) + sign) : anyOf(exactly(quote, part)),
    );
  });
  return inSequence(quote, words.slice(0, MAX_TERMS));
}

/** A word by itself, or as a part of a name. */
const exactly = (quote: Quote, word: string): string[] => [
  quote(word),
  ...separatorList.map((separator) => `${quote(word + separator)}:*`),
];

/** Each pair of adjacent characters. A single character is the prefix of a pair. */
const bigramsOf = (quote: Quote, characters: string[]): string[] =>
  characters.length === 1
    ? [lastOf(quote, characters)]
    : characters.slice(1, MAX_TERMS).map((character, i) => quote((characters[i] ?? '') + character));

const lastOf = (quote: Quote, characters: string[]) => `${quote(characters.at(-1) ?? '')}:*`;

/** One word after the other; in a text with incomplete positions, all of them in any order. */
function inSequence(quote: Quote, words: string[]): string {
  if (words.length === 1) return words[0] ?? '';
  return `((${words.join(' <-> ')}) | (${[...words, quote(INCOMPLETE)].join(' & ')}))`;
}

const anyOf = (forms: string[]) => (forms.length === 1 ? (forms[0] ?? '') : `(${forms.join(' | ')})`);
