import { sql } from 'kysely';

/** A time within JSON that PostgreSQL makes, in the form in which columns come: RFC 3339 in UTC with milliseconds. */
export const jsonTime = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
