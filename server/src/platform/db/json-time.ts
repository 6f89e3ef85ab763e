import { sql } from '#platform/sql.ts';

/** Formats a time inside JSON that PostgreSQL builds, as columns are formatted: RFC 3339 in UTC with milliseconds. */
export const jsonTime = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
