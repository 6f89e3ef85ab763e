/** Filters by comma-separated lists such as `a,b`: a row matches when its column equals any value of the list. */
import { type Sql, sql } from '#platform/sql.ts';

type Type = 'bigint' | 'text';

/** Splits a comma-separated list. No value contains a comma. */
export const splitList = (list: string | number): string[] => String(list).split(',');

/**
 * A single value is compared with `=`, so that PostgreSQL can read rows in index order. `none` matches null. `isShown` is
 * for a column with few values: a single one stands in the text of the statement, for the planner to see.
 */
export function equalsAny(
  column: string,
  values: string[],
  type: Type = 'text',
  { isShown = false } = {},
): Sql<boolean> {
  const [name, as] = [sql.id(column), sql.raw(type)];
  const given = [...new Set(values)].filter((value) => value !== 'none');
  const [first = ''] = given;
  const isGiven =
    given.length === 1
      ? sql<boolean>`${name} = ${isShown ? sql.lit(first) : first}::${as}`
      : sql<boolean>`${name} = any(${given}::${as}[])`;
  if (!values.includes('none')) return isGiven;
  return given.length === 0 ? sql`${name} is null` : sql`(${isGiven} or ${name} is null)`;
}
