/** SQL for the tickets that a search finds: those that have, for each of its terms, a text that matches it. */
import type { Db } from '#platform/db/database.ts';
import { generic, genericArray } from '#platform/db/generic-array.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { SearchQuery } from '#platform/text/search-query.ts';
import { remembering } from './remember.ts';

/** A term with fewer texts than this is rare: its tickets are looked up first, and the other terms tested on each. */
export const RARE = 2000;

/** The rows with the term. `offset 0` keeps other conditions apart, which would make PostgreSQL read more of the index. */
const textsWith = (term: string) => sql`(
  select account_id, number
  from search_texts
  where words @@ ${generic(term, 'tsquery')}
  offset 0
) as found`;

/** The condition that a row of `tickets` has texts with all terms. `table`: where its account_id and number are. */
export function hasTerms({ terms, number }: SearchQuery, table = 'tickets'): Sql {
  const each = terms.map(
    (term) => sql`exists (
      select from search_texts
      where search_texts.account_id = ${sql.id(`${table}.account_id`)}
        and search_texts.number = ${sql.id(`${table}.number`)}
        and search_texts.words @@ ${generic(term, 'tsquery')}
      offset 0
    )`,
  );
  const all = sql.join(each, sql` and `);
  return number === undefined ? all : sql`(${sql.id(`${table}.number`)} = ${number}::bigint or (${all}))`;
}

/** A search whose rarest term is known. */
export interface Ranked extends SearchQuery {
  /** From the rarest on. */
  terms: string[];
  isRare: boolean;
}

export const rank = async (db: Db, query: SearchQuery): Promise<Ranked> =>
  query.terms.length > 1 ? rankTerms(db, query) : { ...query, isRare: true };

/** Counts the texts of each term, up to what is rare: with common terms that takes longer than the search itself. */
const rankTerms = remembering(async (db, query): Promise<Ranked> => {
  const { rows } = await sql<{ term: string; texts: number }>`
    select term, (
      select count(*)
      from (select from search_texts where words @@ term::tsquery limit ${sql.lit(RARE)}) as counted
    ) as texts
    from unnest(${genericArray(query.terms, 'text')}) as term
    order by texts
  `.execute(db);
  return { ...query, terms: rows.map(({ term }) => term), isRare: (rows[0]?.texts ?? 0) < RARE };
});

/**
 * The account_id and number of the tickets that match, perhaps several times. `scope` is a further condition. If all
 * terms are common, the tickets of each are read and intersected.
 */
export function matches({ terms, number, isRare }: Ranked, scope = sql`true`): Sql {
  const [first = '', ...others] = terms;
  const found =
    isRare || others.length === 0
      ? sql`
          select account_id, number
          from ${textsWith(first)}
          where ${sql.join([scope, ...(others.length > 0 ? [hasTerms({ terms: others }, 'found')] : [])], sql` and `)}
        `
      : sql.join(
          terms.map((term) => sql`select account_id, number from ${textsWith(term)} where ${scope}`),
          sql` intersect `,
        );
  if (number === undefined) return found;
  return sql`
    (${found})
    union
    select account_id, number from tickets where number = ${number}::bigint and ${scope}
  `;
}
