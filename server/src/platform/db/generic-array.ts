import { type Sql, sql } from '#platform/sql.ts';

/** A parameter whose value the planner cannot see: the generic plan is as good as one for the value, and made once. */
export const generic = (
  value: unknown,
  type: 'bigint' | 'tsquery' | 'bigint[]' | 'bytea[]' | 'text[]',
): Sql => sql`(select ${value}::${sql.raw(type)})`;

/**
 * An array parameter whose length the planner cannot see. With the length visible, PostgreSQL finds a custom plan for
 * this length cheaper than the generic plan, and so plans the statement again at every execution: for a look-up by key
 * that is six times the cost of the look-up itself.
 */
export const genericArray = (values: readonly unknown[], type: 'bigint' | 'bytea' | 'text') =>
  generic(values, `${type}[]`);
