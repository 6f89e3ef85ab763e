/** Lists of values as a query gives them, `a,b`: any of them will do. */
import { type RawBuilder, sql } from 'kysely';

type Type = 'bigint' | 'text';

/** Values of a list; no value has a comma in it. */
export const listOf = (list: string | number): string[] => String(list).split(',');

/** One value alone is asked for by `=`: it is then read in the order of its index. `none` stands for no value. */
export function anyOf(column: string, values: string[], type: Type = 'text'): RawBuilder<boolean> {
  const [name, as] = [sql.ref(column), sql.raw(type)];
  const given = [...new Set(values)].filter((value) => value !== 'none');
  const isGiven =
    given.length === 1
      ? sql<boolean>`${name} = ${given[0]}::${as}`
      : sql<boolean>`${name} = any(${given}::${as}[])`;
  if (!values.includes('none')) return isGiven;
  return given.length === 0 ? sql`${name} is null` : sql`(${isGiven} or ${name} is null)`;
}
