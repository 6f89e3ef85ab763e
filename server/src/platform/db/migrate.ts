/** Forward-only migrations from server/migrations, one transaction each, under an advisory lock. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const folder = join(import.meta.dirname, '..', '..', '..', 'migrations');
const MIGRATION_LOCK = 7_263_354;
const unreachableCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', '57P03']);

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

/**
 * Brings the database up to date and returns the names of the applied migrations. Any number of processes may call it
 * at once. While the database is unreachable, for instance still starting, it retries until `retryUntil` is aborted.
 * When `stopping` is aborted, the running statement is cut off and its migration is not applied.
 */
export async function migrate(
  url: string,
  retryUntil = AbortSignal.abort(),
  stopping?: AbortSignal,
): Promise<string[]> {
  const client = await connect(url, retryUntil);
  const cut = () => void client.end().catch(() => {}); // ends the connection even when a statement is in progress
  stopping?.addEventListener('abort', cut);
  try {
    stopping?.throwIfAborted();
    await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
    const pending = await findPending(client, readMigrations());
    for (const migration of pending) await apply(client, migration);
    await startNewEpochAfterRestore(client);
    return pending.map(({ name }) => name);
  } finally {
    stopping?.removeEventListener('abort', cut);
    await client.end();
  }
}

async function connect(url: string, retryUntil: AbortSignal): Promise<pg.Client> {
  let hasLogged = false;
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: 'paneldesk migrate' });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const cause = error instanceof AggregateError ? error.errors[0] : error; // the name has several addresses
      if (!unreachableCodes.has(cause.code)) throw error;
      const sentence = `The database does not respond: ${cause.message}.`;
      if (retryUntil.aborted) throw new Error(sentence, { cause });
      if (!hasLogged) console.error(`${sentence} Trying again.`);
      hasLogged = true;
      await wait(500, undefined, { signal: retryUntil }).catch(() => {}); // one last attempt follows
    }
  }
}

function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * The migrations still to apply. Refuses a database that is newer than this program, and an old migration that was
 * edited.
 */
async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  await client.query(
    `create table if not exists migrations (
       name text primary key,
       hash text not null,
       applied_at timestamptz not null default now()
     )`,
  );
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from migrations order by name',
  );
  for (const applied of rows) {
    const known = migrations.find(({ name }) => name === applied.name);
    if (!known) {
      throw new Error(
        `The database is newer than this program: it has ${applied.name}. Run a newer version of Paneldesk.`,
      );
    }
    if (known.hash !== applied.hash) {
      throw new Error(
        `${applied.name} was edited after it was applied. Restore it, and write another migration.`,
      );
    }
  }
  return migrations.filter(({ name }) => !rows.some((applied) => applied.name === name));
}

async function apply(client: pg.Client, { name, sql, hash }: Migration) {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '5s'`);
    await client.query(sql);
    await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Events are ordered by transaction number, which starts low again when a dump is restored into a new cluster. A new
 * epoch sorts everything written from then on after everything restored.
 */
async function startNewEpochAfterRestore(client: pg.Client) {
  const { rows } = await client.query<{ epoch: number }>(
    `select epoch
     from events
     where xid >= pg_snapshot_xmax(pg_current_snapshot())
       and epoch = (select max(epoch) from events)
     limit 1`,
  );
  const [restored] = rows;
  if (restored)
    await client.query(`alter table events alter column epoch set default ${Number(restored.epoch) + 1}`);
}
