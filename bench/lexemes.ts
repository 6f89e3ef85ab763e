/**
 * The search tokens of each phrase, as the product computes them, once per phrase and without the account's prefix.
 */
import { sql } from 'kysely';
import { ticketWords } from '../server/src/desk/search/client-index.ts';
import { openDatabase } from '../server/src/platform/db/database.ts';
import { wordsOf } from '../server/src/platform/text/search-words.ts';
import { phrases } from './texts.ts';

export async function lexemesOfPhrases(url: string): Promise<string[][]> {
  const { db, close } = openDatabase(url);
  const lexemes: string[][] = [];
  try {
    for (const text of phrases) {
      const { rows } = await sql<{ found: string[] }>`
        select tsvector_to_array(${ticketWords(0, wordsOf(text))}) as found
      `.execute(db);
      lexemes.push((rows[0]?.found ?? []).map((lexeme) => lexeme.slice('0:'.length)));
    }
    return lexemes;
  } finally {
    await close();
  }
}
