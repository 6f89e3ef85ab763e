/**
 * The search tokens of each phrase, as the product computes them, once per phrase and without the account's prefix.
 */
import { commentText, textRows, wordsOfText } from '../server/src/desk/search/texts.ts';
import { openDatabase } from '../server/src/platform/db/database.ts';
import { sql } from '../server/src/platform/sql.ts';
import { phrases } from './texts.ts';

export async function lexemesOfPhrases(url: string): Promise<string[][]> {
  const { db, close } = openDatabase(url);
  try {
    const rows = phrases.map((phrase, i) => ({
      account_id: 0,
      number: 0,
      comment_id: i + 1,
      ...commentText(0, phrase, true),
    }));
    const { rows: found } = await sql<{ lexemes: string[] }>`
      select tsvector_to_array(${wordsOfText}) as lexemes
      from ${textRows(rows)} as text
      order by comment_id
    `.execute(db);
    return found.map(({ lexemes }) => lexemes);
  } finally {
    await close();
  }
}
