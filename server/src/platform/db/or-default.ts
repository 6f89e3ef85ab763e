import { type Sql, sql } from '#platform/sql.ts';

/** A value for an insert, or `default` when it is undefined. */
export const orDefault = (value: unknown): Sql => (value === undefined ? sql`default` : sql`${value}`);
