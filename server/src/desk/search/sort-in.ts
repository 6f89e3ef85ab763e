/**
 * New words are first appended to a list of the search index, which is cheap, and every search reads that list. Sorting
 * it in takes some 50 ms. Here it is done in the background, so that no writer waits for it.
 */
import type { Database } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

/** The list stays below some hundred kB, which a search reads in 1 ms, and equal words are sorted in together. */
export const SORT_IN_EVERY_MS = 500;

/** Returns at once when another process is doing it. Nothing is left to do after it. */
export async function sortInNewWords({ db }: Database): Promise<false> {
  await sql`
    select gin_clean_pending_list('search_texts_words')
    where pg_try_advisory_xact_lock(hashtextextended('search_texts_words', 0))
  `.execute(db);
  return false;
}
