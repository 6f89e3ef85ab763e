/**
 * A transaction in which it is the time that the demo says. `now()` is found by the search path, where a schema of the
 * demo stands before PostgreSQL's own; the defaults of columns name their function once for all, so that they are
 * exchanged meanwhile. All of it is undone before the commit: nobody else ever sees another time.
 */
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { msOf } from './times.ts';

/** Times are milliseconds since 1970. */
export async function startClock(tx: Tx, at: number) {
  const run = (statements: string) => sql.raw(statements).execute(tx);
  const defaults = await listDefaults(tx);
  const { rows } = await sql<{ search_path: string }>`show search_path`.execute(tx);
  await run(`
    create schema demo_clock;
    create function demo_clock.now() returns timestamptz stable
    return pg_catalog.current_setting('demo_clock.now')::pg_catalog.timestamptz;
    ${defaults.map((column) => `${column} set default demo_clock.now();`).join('\n')}
    set local search_path = demo_clock, pg_catalog, ${rows[0]?.search_path};
  `);
  let time = at;
  const clock = {
    /** RFC 3339. */
    in: (span: string) => new Date(time + msOf(span)).toISOString(),
    /** Not awaited: it is sent with the statement after it, which fails when this one does. */
    set(to: number) {
      time = to;
      sql`select set_config('demo_clock.now', ${clock.in('')}, true)`.execute(tx).catch(() => {});
    },
    /** Gives the transaction its own time back. */
    async stop() {
      await run(`
        set local search_path = ${rows[0]?.search_path};
        ${defaults.map((column) => `${column} set default now();`).join('\n')}
        drop schema demo_clock cascade;
      `);
    },
  };
  clock.set(at);
  return clock;
}

/** The columns of the product whose default is the time, each as the beginning of a statement that changes it. */
async function listDefaults(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    select format('alter table %s alter %I', attrelid::regclass, attname) as column
    from pg_attribute
    join pg_attrdef on adrelid = attrelid and adnum = attnum
    join pg_class on pg_class.oid = attrelid
    where relnamespace = any(current_schemas(false)::text[]::regnamespace[])
      and pg_get_expr(adbin, adrelid) = 'now()'
  `.execute(tx);
  return rows.map(({ column }) => column);
}
