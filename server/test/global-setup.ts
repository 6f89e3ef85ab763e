/**
 * Runs once per test run: a database server (the embedded one, or the one in DATABASE_URL) and a migrated template.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { withDatabase } from './database-url.ts';

/** Off: no database of a run outlives it. */
const upkeep = ['fsync', 'full_page_writes', 'autovacuum'];

/** Each test file is a process: compiling the same sources again would take half of its start. Kept for the next run. */
const compiled = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compiled');

const preload = join(import.meta.dirname, 'no-async-hooks.ts');

let stop = async () => {};

export async function globalSetup() {
  const given = process.env.DATABASE_URL;
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-test-'));
  chmodSync(folder, 0o711); // readable for the user who runs the database when root runs the tests
  const embedded = given ? undefined : await startEmbedded(folder, process.env.PANELDESK_OS_USER ?? 'nobody');
  const serverUrl = given ?? embedded?.url ?? '';
  const template = `paneldesk_test_${process.pid}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  if (embedded) {
    for (const setting of upkeep) await admin.query(`alter system set ${setting} = off`);
    await admin.query('select pg_reload_conf()');
  }
  await admin.query(`create database ${template}`);
  await migrate(withDatabase(serverUrl, template));
  process.env.TEST_SERVER_URL = serverUrl;
  process.env.TEST_TEMPLATE = template;
  process.env.NODE_COMPILE_CACHE = compiled;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${pathToFileURL(preload)}`;

  stop = async () => {
    if (given) await dropAll(admin, template);
    await admin.end();
    await embedded?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function dropAll(admin: pg.Client, template: string) {
  const named = 'select datname from pg_database where starts_with(datname, $1)';
  const { rows } = await admin.query(named, [template]);
  for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`);
}

export async function globalTeardown() {
  await stop();
}
