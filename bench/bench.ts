/** `npm run bench`: measures every operation on a database full of tickets, beside its lower bounds. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseCpu } from './database-cpu.ts';
import { bareDatasetOf, datasetOf, sizeOf } from './dataset.ts';
import { type Bench, loadOf, MANY, measure, type Result } from './measure.ts';
import { vitalsOf } from './metrics.ts';
import { bareHttp, type Operation, operations } from './operations.ts';
import { readOptions } from './options.ts';
import { findPgbench } from './pgbench.ts';
import type { Plan } from './plan.ts';
import { openPostgres } from './postgres.ts';
import { startBareHttp, startBarePeer, startOrmPeer, startPaneldesk } from './processes.ts';
import { markdown, pgbenchHint, printTable, printVerdicts, type Report } from './report.ts';
import { openRecorder } from './statements.ts';
import { judge } from './targets.ts';

const RUN = 'paneldesk_bench';
const BARE_RUN = 'paneldesk_bench_bare';
const ORM_RUN = 'paneldesk_bench_orm';
const SMALL: Plan = { tickets: 10_000, commentsPerTicket: 4, accounts: 100, bigTickets: 2000 };
/** The operations that must not slow down as the tables grow. */
const growing = ['get ticket', 'list, page 1', 'create ticket', 'comment'];

const options = readOptions(process.argv.slice(2));
const postgres = await openPostgres(options.folder);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}
try {
  finish(await run());
} finally {
  await cleanUp();
}

async function run(): Promise<Report> {
  const small = options.plan.tickets > SMALL.tickets ? await runSmall() : [];
  const template = await datasetOf(postgres, options.plan, console.log);
  const bareTemplate = await bareDatasetOf(postgres, template);
  const url = await postgres.clone(template, RUN);
  const bareUrl = await postgres.clone(bareTemplate, BARE_RUN);
  const ormUrl = await postgres.clone(bareTemplate, ORM_RUN);
  await postgres.warm([url, bareUrl, ormUrl]);
  const databaseGiB = (await sizeOf(url)) / 2 ** 30;

  await using running = new AsyncDisposableStack();
  const server = await startServer(url, options.profileDir);
  running.defer(server.stop);
  const bare = await startBarePeer(bareUrl);
  running.defer(bare.stop);
  const orm = await startOrmPeer(ormUrl);
  running.defer(orm.stop);
  const recorder = await openRecorder(url);
  running.defer(recorder.close);
  const floor = await startBareHttp();
  running.defer(floor.stop);

  const peers = { bare, orm };
  const quietPeers = () => postgres.endStatements([BARE_RUN, ORM_RUN]);
  const cpu = await databaseCpu(url);
  const bench: Bench = { ...options, server, url, peers, quietPeers, recorder, databaseCpu: cpu };
  const { perSecond } = await loadOf(bench, floor, bareHttp, MANY);
  console.log(`A fixed response of node:http: ${Math.round(perSecond)} requests/s at ${MANY} connections.`);
  const results = await measureAll(bench, operations);
  printTable(results);
  const { rssMiB } = await vitalsOf(server.port);
  await running.disposeAsync();

  const facts = { results, small, bareHttp: perSecond, rssMiB, ...(await readiness(url)) };
  return {
    ...facts,
    command: ['npm run bench --', ...process.argv.slice(2)].join(' ').replace(options.folder, 'FOLDER'),
    plan: options.plan,
    postgres: postgres.version,
    databaseGiB,
    hasPgbench: findPgbench() !== undefined,
    verdicts: judge(facts),
  };
}

async function runSmall(): Promise<Result[]> {
  console.log('At 10,000 tickets:');
  const template = await datasetOf(postgres, SMALL, console.log);
  const url = await postgres.clone(template, RUN);
  const server = await startServer(url);
  try {
    const bench = { ...options, plan: SMALL, server, url, databaseCpu: await databaseCpu(url) };
    const results = await measureAll(
      bench,
      operations.filter(({ name }) => growing.includes(name)),
    );
    printTable(results);
    return results;
  } finally {
    await server.stop();
  }
}

async function measureAll(bench: Bench, all: Operation[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const operation of all.filter(({ name }) => options.only.test(name))) {
    const result = await measure(bench, operation);
    const { perSecond, p99 } = result.many;
    console.log(`  ${operation.name}: ${Math.round(perSecond)}/s, p99 ${p99.toFixed(1)} ms`);
    results.push(result);
  }
  return results;
}

function startServer(url: string, profileDir?: string) {
  return startPaneldesk({ env: { DATABASE_URL: url, DATA_DIR: join(options.folder, 'server') }, profileDir });
}

/** Measures the start on the database of the run, and the start that includes the embedded PostgreSQL. */
async function readiness(url: string) {
  const start = async (env: Record<string, string>) => {
    const server = await startPaneldesk({ env });
    await server.stop();
    return server.startedMs;
  };
  const readyMs = await start({ DATABASE_URL: url, DATA_DIR: join(options.folder, 'server') });
  if (!postgres.isEmbedded) return { readyMs, coldReadyMs: undefined };
  const coldReadyMs = await postgres.without(async () => {
    await start({ DATA_DIR: options.folder }); // with a new database in a new folder
    return start({ DATA_DIR: options.folder });
  });
  return { readyMs, coldReadyMs };
}

function finish(report: Report) {
  const { results, small, verdicts } = report;
  printVerdicts(verdicts);
  if (!report.hasPgbench) console.log(`\n${pgbenchHint}`);
  if (options.write)
    writeFileSync(join(import.meta.dirname, '..', 'docs', 'performance.md'), markdown(report));

  const failed = [...small, ...results].flatMap(({ name, one, many, bare, orm }) =>
    [one, many, ...(bare ? [bare] : []), ...(orm ? [orm] : [])]
      .filter(({ errorCount }) => errorCount > 0)
      .map((load) => ({ name, ...load })),
  );
  for (const { name, errorCount, errors } of failed) {
    console.error(`\n${name}: ${errorCount} refused, among them:\n${errors.join('\n')}`);
  }
  const isMissed = verdicts.some(({ isMet }) => isMet === false);
  if (failed.length > 0 || (options.assert && isMissed)) process.exitCode = 1;
}

async function cleanUp() {
  await postgres.drop(RUN);
  await postgres.drop(BARE_RUN);
  await postgres.drop(ORM_RUN);
  await postgres.stop();
  rmSync(join(options.folder, 'server'), { recursive: true, force: true });
  if (!options.isKept) rmSync(options.folder, { recursive: true, force: true });
}
