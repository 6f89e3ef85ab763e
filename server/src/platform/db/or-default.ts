import { type RawBuilder, sql } from 'kysely';

/** A value of an insert, or the default of its column when none is given. */
export const orDefault = (value: unknown): RawBuilder<unknown> =>
  value === undefined ? sql`default` : sql`${value}`;
