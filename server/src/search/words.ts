/**
 * What a ticket is found by. Every word is kept as it stands, so that its beginning finds it, and by its stem, so that
 * its other forms do (English and Russian). A name made of parts (`vps-18.example.com`, `10.0.3.7`) is kept whole and
 * from each part on, so that any run of its parts finds it.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { opaque } from '../db/opaque.ts';
import { normalise } from '../text/normalise.ts';

const MAX_WORD = 40; // code points; a longer one is found by its beginning
const MAX_TEXT = 100_000; // UTF-16 units of one text: the longest comment
const MAX_BYTES = 150_000; // of words taken from one text: a tsvector holds 1 MiB
/** A ticket whose words take more than this takes no more words; it stays findable by the earlier ones. */
const MAX_TICKET_BYTES = 500_000;

// A mark stands behind a letter or a digit: alone it would make words of symbols, which often bear one.
const names = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-._:/@\\]+[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const separators = '-._:/@\\';
const partsOfName = /[-._:/@\\]+/gu;
/** Names as they are typed: `10.0.3.` asks for addresses that go on. */
const typedNames = new RegExp(`${names.source}[-._:/@\\\\]*`, 'gu');
const MAX_TERMS = 30;

/** The distinct words of these texts, lower-cased, with the parts of names. */
export function wordsOf(...texts: Array<string | null | undefined>): string[] {
  const words = new Set<string>();
  let bytes = 0;
  for (const text of texts) {
    for (const [name] of plain((text ?? '').slice(0, MAX_TEXT)).matchAll(names)) {
      for (const word of runsOf(name)) {
        if (words.has(word)) continue;
        bytes += Buffer.byteLength(word);
        if (bytes > MAX_BYTES) return [...words];
        words.add(word);
      }
    }
  }
  return [...words];
}

/** SQL for the words that a ticket starts with: these, and its number, found as a whole only. */
export function firstWords(accountId: number, number: RawBuilder<number> | number, words: string[]) {
  return sql`${ticketWords(accountId, words)} || array_to_tsvector(array[${`${accountId}:#`} || ${number}])`;
}

/** SQL for a tsvector of words: each behind its account, so that no search meets another's. */
export function ticketWords(accountId: number, words: string[]): RawBuilder<string> {
  const russian = words.filter(isRussian);
  const english = words.filter(isEnglish);
  return sql`(
    select coalesce(array_to_tsvector(array_agg(${`${accountId}:`} || word)), '')
    from (
      select word from unnest(${opaque(words, 'text')}) as word
      union all
      select '=' || unnest(ts_lexize('russian_stem', word)) from unnest(${opaque(russian, 'text')}) as word
      union all
      select '=' || unnest(ts_lexize('english_stem', word)) from unnest(${opaque(english, 'text')}) as word
    ) as words
  )`;
}

/** SQL that adds words to the search row of a ticket. */
export function addWords(
  accountId: number,
  number: RawBuilder<number> | number,
  words: string[],
): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = words || ${ticketWords(accountId, words)}, padding = default
    where account_id = ${accountId}
      and number = ${number}
      and pg_column_size(words) < ${MAX_TICKET_BYTES}
  `;
}

/** SQL that lets the search row of a ticket start anew, for words that are no longer in it. */
export function restartWords(accountId: number, number: number, words: string[]): RawBuilder<unknown> {
  return sql`
    update ticket_search
    set words = ${firstWords(accountId, sql`number`, words)}, padding = default
    where account_id = ${accountId} and number = ${number}
  `;
}

/** Whose words are searched: an account's own, or all of them, as support does. */
type Scope = number | 'all';

/** The tsquery, as text, for what somebody typed; null when nothing in it could be found. */
export async function searchQuery(db: Db, scope: Scope, typed: string): Promise<string | null> {
  const terms = termsOf(typed);
  if (terms.length === 0) return null;
  const words = terms.map(withoutEnd);
  const { rows } = await sql<{ stems: string[] }>`
    select coalesce(case script
      when 'russian' then ts_lexize('russian_stem', word)
      when 'english' then ts_lexize('english_stem', word)
    end, '{}') as stems
    from unnest(${words}::text[], ${words.map(scriptOf)}::text[]) with ordinality as words (word, script, place)
    order by place
  `.execute(db);
  return terms
    .map((term, i) => `(${formsOf(scope, term, words[i] ?? '', rows[i]?.stems ?? []).join(' | ')})`)
    .join(' & ');
}

/** The names in what somebody typed, each once. */
export const termsOf = (typed: string): string[] =>
  [...new Set(plain(typed).match(typedNames))].slice(0, MAX_TERMS);

/** What a term is found as: a beginning, a stem, the number of a ticket, and a whole word if it ends like a sentence. */
function formsOf(scope: Scope, term: string, word: string, stems: string[]): string[] {
  // The backslash is the one character of a term that means something in quotes.
  const quote = (text: string) => `'${scope === 'all' ? '' : `${scope}:`}${text.replaceAll('\\', '\\\\')}'`;
  const forms = [`${quote(cut(term))}:*`, ...stems.map((stem) => quote(`=${stem}`))];
  if (term !== word) forms.push(quote(cut(word)));
  if (/^\d+$/.test(word)) forms.push(quote(`#${word}`));
  return forms;
}

const plain = (text: string) => normalise(text, 'NFC').toLowerCase().replaceAll('ё', 'е');

/** The first 40 code points: these are within the first 80 units, so that a long rest costs nothing. */
const cut = (word: string) =>
  word.length <= MAX_WORD
    ? word
    : Array.from(word.slice(0, 2 * MAX_WORD))
        .slice(0, MAX_WORD)
        .join('');

/** A term without the separators at its end. */
function withoutEnd(term: string): string {
  let end = term.length;
  while (separators.includes(term.charAt(end - 1))) end--;
  return term.slice(0, end);
}

/** `vps-18.example.com` → itself, `18.example.com`, `example.com`, `com`. */
function* runsOf(name: string): Generator<string> {
  yield cut(name);
  for (const { 0: separator, index } of name.matchAll(partsOfName)) {
    const start = index + separator.length;
    yield cut(name.slice(start, start + 2 * MAX_WORD));
  }
}

// Only plain words have stems; stop words have none.
const isRussian = (word: string) => /^[а-я]+$/.test(word);
const isEnglish = (word: string) => /^[a-z]+$/.test(word);
const scriptOf = (word: string) => (isRussian(word) ? 'russian' : isEnglish(word) ? 'english' : '');
