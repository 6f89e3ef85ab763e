import { type RawBuilder, sql } from 'kysely';

/** A value for an insert, or `default` when it is undefined. */
export const orDefault = (value: unknown): RawBuilder<unknown> =>
  value === undefined ? sql`default` : sql`${value}`;
