/** Filters by comma-separated lists such as `a,b`: a row matches when its column equals any value of the list. */
import { type Sql, sql } from '#platform/sql.ts';

/** A literal stands in the text of the statement: for a column with few values, which are checked before. */
type Type = 'bigint' | 'text' | 'literal';

/** Splits a comma-separated list. No value contains a comma. */
export const splitList = (list: string | number): string[] => String(list).split(',');

/** A single value is compared with `=`, so that PostgreSQL can read rows in index order. `none` matches null. */
export function equalsAny(column: string, values: string[], type: Type = 'text'): Sql<boolean> {
  const name = sql.id(column);
  const given = [...new Set(values)].filter((value) => value !== 'none');
  if (type === 'literal') {
    return sql<boolean>`${name} in (${sql.join(given.map((value) => sql.lit(value)))})`;
  }
  const as = sql.raw(type);
  const isGiven =
    given.length === 1
      ? sql<boolean>`${name} = ${given[0]}::${as}`
      : sql<boolean>`${name} = any(${given}::${as}[])`;
  if (!values.includes('none')) return isGiven;
  return given.length === 0 ? sql`${name} is null` : sql`(${isGiven} or ${name} is null)`;
}
