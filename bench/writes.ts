/**
 * `npm run bench:writes`: what a write costs PostgreSQL, and what of it goes when followers stand still or indexes are
 * missing. Prints a table in Markdown. Each row has a fresh copy of 10,000 tickets.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { withClient } from './client.ts';
import { databaseCpu } from './database-cpu.ts';
import { datasetOf } from './dataset.ts';
import { load } from './load.ts';
import { MANY } from './measure.ts';
import { followersAreDone } from './metrics.ts';
import type { Plan } from './plan.ts';
import { openPostgres } from './postgres.ts';
import { startPaneldesk } from './processes.ts';

const PLAN: Plan = { tickets: 10_000, commentsPerTicket: 3, accounts: 100, bigTickets: 2000 };
const RUN = 'paneldesk_bench_writes';
const SECONDS = 3;

/** What is taken away in each row: indexes by the beginnings of their names, or all check constraints. */
const rows: Array<{ name: string; indexes?: string[]; checks?: boolean; areFollowersHeld?: boolean }> = [
  { name: 'everything' },
  { name: 'followers stand still', areFollowersHeld: true },
  { name: 'no index of words', indexes: ['search_texts_words'] },
  { name: 'no indexes of the lists of clients', indexes: ['tickets_updated'] },
  { name: 'no indexes of the queue', indexes: ['tickets_queue', 'tickets_inactive', 'tickets_snoozed'] },
  { name: 'no index of events by ticket', indexes: ['events_ticket'] },
  { name: 'no check constraints', checks: false },
];

const folder = join(tmpdir(), `paneldesk-bench-writes-${process.pid}`);
const postgres = await openPostgres(folder);
try {
  const template = await datasetOf(postgres, PLAN, console.log);
  console.log(
    `\n| ${MANY} connections | req/s | p99 ms | PostgreSQL ms | WAL bytes |\n|---|---:|---:|---:|---:|`,
  );
  for (const operation of ['comment', 'create ticket', 'staff: reply']) {
    for (const row of rows) console.log(await measured(template, operation, row));
  }
} finally {
  await postgres.drop(RUN);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measured(template: string, operation: string, row: (typeof rows)[number]): Promise<string> {
  const url = await postgres.clone(template, RUN);
  const cpu = await databaseCpu(url);
  return withClient(url, async (client) => {
    await dropIndexes(client, row.indexes ?? []);
    if (row.checks === false) await dropChecks(client);
    const server = await startPaneldesk({ env: { DATABASE_URL: url, DATA_DIR: join(folder, 'server') } });
    try {
      if (row.areFollowersHeld) await client.query('begin; select from followers for update');
      const common = { port: server.port, connections: MANY, warmupMs: 0, name: operation, plan: PLAN };
      const { sent: from } = await load({ ...common, measureMs: 1000, from: 0 });
      const [cpuBefore, walBefore] = [cpu?.() ?? Number.NaN, await walPosition(client)];
      const { sent, perSecond, p99 } = await load({ ...common, measureMs: 1000 * SECONDS, from });
      if (!row.areFollowersHeld) await followersAreDone(server.port);
      const databaseMs = ((cpu?.() ?? Number.NaN) - cpuBefore) / sent;
      const wal = ((await walPosition(client)) - walBefore) / sent;
      const cells = [
        `${operation}, ${row.name}`,
        perSecond.toFixed(0),
        p99.toFixed(0),
        databaseMs.toFixed(2),
      ];
      return `| ${[...cells, wal.toFixed(0)].join(' | ')} |`;
    } finally {
      await client.query('rollback');
      await server.stop();
    }
  });
}

async function dropIndexes(client: pg.Client, beginnings: string[]) {
  for (const beginning of beginnings) {
    const { rows: found } = await client.query<{ name: string }>(
      `select indexname as name from pg_indexes where schemaname = 'public' and starts_with(indexname, $1)`,
      [beginning],
    );
    for (const { name } of found) await client.query(`drop index ${name}`);
  }
}

async function dropChecks(client: pg.Client) {
  const { rows: found } = await client.query<{ of: string; name: string }>(
    `select conrelid::regclass::text as of, conname as name
     from pg_constraint
     where contype = 'c' and connamespace = 'public'::regnamespace and conrelid <> 0`,
  );
  for (const { of, name } of found) await client.query(`alter table ${of} drop constraint ${name}`);
}

async function walPosition(client: pg.Client): Promise<number> {
  const { rows: found } = await client.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`,
  );
  return Number(found[0]?.bytes);
}
