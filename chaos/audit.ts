/** Compares the database and the stored files with the ledger, and checks the invariants. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Entry, Ledger } from './ledger.ts';
import { withDatabase } from './postgres.ts';
import { rules } from './rules.ts';
import { count, type Run } from './scenario.ts';

export interface Audit {
  /** Violated rules, each with the first violation. */
  broken: string[];
  /** Writes without a response that were found to be committed. */
  unknownDone: number;
  /** Bytes that no row refers to, left by a crash in between for the sweep to remove. */
  orphans: string[];
}

/** The writes, as the clients know them. */
const ledgerTable = `
  create temp table ledger as
  select "table", mark, "isKeyed" as is_keyed, outcome, sha256
  from json_to_recordset($1::json) as entry ("table" text, mark text, "isKeyed" boolean, outcome text, sha256 text)
`;
/** The marks found in the database. */
const storedTable = `
  create temp table stored as
  select 'tickets' as "table", summary as mark from tickets
  union all
  select 'comments', body from comments where not starts_with(body, 'First of ')
  union all
  select 'files', replace(name, '.txt', '') from files
  union all
  select 'votes', comment from votes
`;

/** The check at the end of a scenario. */
export async function checkAudit({ instance, check }: Run, ledger: Ledger): Promise<Audit> {
  const found = await withDatabase(instance.folder, (url) => audit(url, instance.folder, ledger));
  const { broken, unknownDone } = found;
  const writes = `${count(ledger.count('acknowledged'))} acknowledged writes`;
  const unknown = `of ${count(ledger.count('unknown'))} unknown ${count(unknownDone)} done`;
  check(
    broken.length === 0,
    broken.join('; ') || `${ruleCount} rules hold: ${writes}, 0 lost, 0 doubled; ${unknown}`,
  );
  return found;
}

/** Checks the database at `url` and the files under `folder`, while nobody writes. */
export async function audit(url: string, folder: string, ledger: Ledger): Promise<Audit> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const broken = await findBroken(client, ledger.entries);
    const files = await client.query('select distinct blob, sha256 from files');
    const { wrong, orphans } = compareBlobs(join(folder, 'files'), files.rows);
    if (wrong.length > 0) broken.push(sentence('a file has its bytes', wrong));
    const unknown = `select from ledger join stored using (mark) where outcome = 'unknown'`;
    const { rowCount } = await client.query(unknown);
    return { broken, unknownDone: rowCount ?? 0, orphans };
  } finally {
    await client.end();
  }
}

/** The rules that the database violates, as sentences. */
export async function findBroken(client: pg.Client, entries: Entry[]): Promise<string[]> {
  await client.query(ledgerTable, [JSON.stringify(entries)]);
  await client.query(storedTable);
  await client.query('create index on stored (mark); analyze stored; analyze ledger');
  const broken: string[] = [];
  for (const [rule, text] of Object.entries(rules)) {
    const { rows } = await client.query({ text, rowMode: 'array' });
    if (rows.length > 0) broken.push(sentence(rule, rows));
  }
  return broken;
}

const ruleCount = Object.keys(rules).length + 1; // plus the rule that a file has its bytes

const sentence = (rule: string, breaches: unknown[]) =>
  `${rule}: not so ${breaches.length} times, such as ${breaches[0]}`;

/** `wrong` are rows without their bytes, `orphans` bytes without their row. */
function compareBlobs(root: string, rows: Array<{ blob: string; sha256: Buffer }>) {
  const named = new Map(rows.map(({ blob, sha256 }) => [blob, sha256]));
  const wrong: string[] = [];
  const orphans: string[] = [];
  for (const folder of readdirSync(root)) {
    for (const blob of readdirSync(join(root, folder))) {
      const path = join(root, folder, blob);
      const sha256 = named.get(blob);
      if (!sha256) orphans.push(path);
      else if (!createHash('sha256').update(readFileSync(path)).digest().equals(sha256)) wrong.push(blob);
      named.delete(blob);
    }
  }
  return { wrong: [...wrong, ...named.keys()], orphans };
}
