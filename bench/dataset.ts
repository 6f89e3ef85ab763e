/** Databases full of tickets, stored as templates: every run works on a fresh copy. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillBarePeer } from './bare-tables.ts';
import { withClient } from './client.ts';
import { generate } from './generate.ts';
import { lexemesOfPhrases } from './lexemes.ts';
import type { Plan } from './plan.ts';
import type { Postgres } from './postgres.ts';

const migrations = join(import.meta.dirname, '..', 'server', 'migrations');
const ownSources = ['plan.ts', 'texts.ts', 'rows.ts', 'generate.ts', 'bare-tables.ts'];

/** The name of the template with this data, which is created when it is missing. */
export async function datasetOf(
  postgres: Postgres,
  plan: Plan,
  log: (line: string) => void,
): Promise<string> {
  const lexemes = await lexemesOfPhrases(postgres.urlOf('postgres'));
  const name = `bench_${plan.tickets}_${fingerprint(plan, lexemes)}`;
  if (await postgres.exists(name)) {
    log(`Using the ${plan.tickets} tickets of an earlier run.`);
    return name;
  }
  await postgres.dropAll(`bench_${plan.tickets}_`);
  const half = `${name}_half`; // renamed when complete: an interrupted run leaves nothing that looks complete
  await postgres.create(half);
  await generate(postgres.urlOf(half), plan, lexemes, log);
  await postgres.rename(half, name);
  return name;
}

/** The same tickets in the bare peer's tables. */
export async function bareDatasetOf(postgres: Postgres, template: string) {
  const name = `${template}_bare`;
  if (await postgres.exists(name)) return name;
  const half = `${name}_half`;
  await postgres.clone(template, half);
  await fillBarePeer(postgres.urlOf(half));
  await postgres.rename(half, name);
  return name;
}

/** The size of a database in bytes. */
export const sizeOf = (url: string): Promise<number> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return Number(rows[0]?.bytes);
  });

/** A changed plan, schema or search index needs another dataset. */
function fingerprint(plan: Plan, lexemes: string[][]): string {
  const digest = createHash('sha256').update(JSON.stringify([plan, lexemes]));
  const files = readdirSync(migrations).sort();
  for (const file of files) digest.update(readFileSync(join(migrations, file)));
  for (const file of ownSources) digest.update(readFileSync(join(import.meta.dirname, file)));
  return digest.digest('hex').slice(0, 8);
}
