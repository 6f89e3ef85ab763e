/** Forward-only migrations from server/migrations, one transaction each, under an advisory lock. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const folder = join(import.meta.dirname, '..', '..', '..', 'migrations');
const MIGRATION_LOCK = 7_263_354;
const notYetThere = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', '57P03']);

interface Migration {
  name: string;
  sql: string;
  hash: string;
}

/**
 * Brings the database up to date; gives the names of what was applied. Safe to call from many processes at once. A
 * database that does not answer, as one that is still starting, is tried again until `patience` is aborted. When
 * `stopping` is, the statement in progress is cut off and its migration is not applied.
 */
export async function migrate(
  url: string,
  patience = AbortSignal.abort(),
  stopping?: AbortSignal,
): Promise<string[]> {
  const client = await connect(url, patience);
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

async function connect(url: string, patience: AbortSignal): Promise<pg.Client> {
  let hasSaid = false;
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: 'paneldesk migrate' });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const cause = error instanceof AggregateError ? error.errors[0] : error; // of a name with several addresses
      if (!notYetThere.has(cause.code)) throw error;
      const sentence = `The database does not answer: ${cause.message}.`;
      if (patience.aborted) throw new Error(sentence, { cause });
      if (!hasSaid) console.error(`${sentence} Trying again.`);
      hasSaid = true;
      await wait(500, undefined, { signal: patience }).catch(() => {}); // the last try follows
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

/** What is still to be applied. Refuses a database that is newer than this program, and an edited old migration. */
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
        `The database is newer than this program: it has ${applied.name}. Run the newer Paneldesk.`,
      );
    }
    if (known.hash !== applied.hash) {
      throw new Error(
        `${applied.name} was edited after it had been applied. Restore it and write a new migration.`,
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
 * epoch keeps everything written from now on behind everything restored.
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
