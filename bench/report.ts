/** Prints the results of a run as a table in the terminal and as docs/performance.md, with the same rows. */
import { cpus, totalmem } from 'node:os';
import type { Measured } from './load.ts';
import { MANY, type Result } from './measure.ts';
import type { Plan } from './plan.ts';
import type { Facts, Verdict } from './targets.ts';

export interface Report extends Facts {
  command: string;
  plan: Plan;
  postgres: string;
  databaseGiB: number;
  hasPgbench: boolean;
  coldReadyMs: number | undefined;
  verdicts: Verdict[];
}

const columns = [
  'operation',
  '1: req/s',
  'p50 ms',
  'p99 ms',
  `${MANY}: req/s`,
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'loop ms',
  'PostgreSQL ms',
  'pgbench',
  'ratio',
  'with key',
  'bare peer',
  'ratio',
  'ORM peer',
  'ratio',
];

export function rowsOf(results: Result[]): string[][] {
  return results.map((result) => [
    result.name,
    ...speed(result.one),
    ...speed(result.many),
    result.cpuMs.toFixed(2),
    result.loopP999Ms.toFixed(0),
    result.databaseMs?.toFixed(2) ?? '',
    rate(result.pgbench),
    ratio(result.many.perSecond, result.pgbench),
    ratio(result.many.perSecond, result.pgbenchWithKey),
    rate(result.bare?.perSecond),
    ratio(result.many.perSecond, result.bare?.perSecond),
    rate(result.orm?.perSecond),
    ratio(result.many.perSecond, result.orm?.perSecond),
  ]);
}

export function printTable(results: Result[]) {
  console.log('');
  const rows = [columns, ...rowsOf(results)];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    console.log(cells.join('  '));
  }
  console.log('');
}

export function printVerdicts(verdicts: Verdict[]) {
  for (const { target, found, isMet } of verdicts) console.log(`${wordOf(isMet)}  ${target}: ${found}`);
}

export const pgbenchHint =
  'The ratios to pgbench are missing, because pgbench is not installed. It is in the package postgresql-contrib or\n' +
  'postgresql-<version> (Debian, Ubuntu), postgresql-contrib (Fedora) or postgresql (Homebrew). Put it on PATH.';

export function markdown(report: Report): string {
  const { plan, results, small, verdicts } = report;
  const cpu = cpus();
  return [
    '# Performance',
    '',
    `Measured by \`${report.command}\` on ${new Date().toISOString().slice(0, 10)}: ${cpu.length} cores`,
    `(${cpu[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node ${process.versions.node},`,
    `PostgreSQL ${report.postgres}. The load, the server and the database run on this machine. The database has`,
    `${count(plan.tickets)} tickets and ${count(plan.tickets * plan.commentsPerTicket)} comments of ${count(plan.accounts)} accounts, one of them with`,
    `${count(plan.bigTickets)} tickets; ${report.databaseGiB.toFixed(1)} GiB.`,
    '',
    'One server process with everything enabled: keys, rate limits (so high that none is reached), an Idempotency-Key with',
    'every POST, events, search rows, `synchronous_commit`. The columns:',
    '',
    `- requests per second with median and 99th percentile, at 1 and at ${MANY} connections`,
    `- processor time of the server per request, its event-loop delay (p99.9), and processor time of PostgreSQL per`,
    `  request with what followers do about it, at ${MANY} connections`,
    `- pgbench with the SQL of the operation at ${MANY} clients, and the ratio of the server to it; \`with key\`: the ratio if`,
    '  pgbench also looks up the key',
    '- the bare peer (`bench/bare-peer.ts`), the ORM peer (Express and Sequelize, `bench/orm-peer/server.js`), and the',
    '  ratios of the server to them',
    '',
    'The two sides of a ratio are measured one right after the other. Everything else depends on the machine. It should do',
    'nothing else: other load changes the 99th percentile more than the product does.',
    '',
    '`npm run bench -- --quick` takes some minutes and uses 10,000 tickets. `--dir FOLDER` keeps the data for the next run.',
    '`--write` writes this page. `--help` explains the other options.',
    '',
    ...table(columns, rowsOf(results)),
    '',
    `A constant response of \`node:http\`: ${rate(report.bareHttp)} requests per second at ${MANY} connections. Memory of the server`,
    `after the bench: ${report.rssMiB.toFixed(0)} MiB. The server is ready ${(report.readyMs / 1000).toFixed(2)} s after its start on this database${
      report.coldReadyMs === undefined
        ? ''
        : `, and after ${(report.coldReadyMs / 1000).toFixed(2)} s if the embedded PostgreSQL must start too`
    }.`,
    '',
    ...(small.length > 0 ? ['At 10,000 tickets:', '', ...table(columns, rowsOf(small)), ''] : []),
    '## Targets',
    '',
    ...table(
      ['target', 'found', ''],
      verdicts.map(({ target, found, isMet }) => [target, found, wordOf(isMet).trim()]),
    ),
    '',
    '[decisions/0005](decisions/0005-what-a-read-costs.md) shows where the time of a read goes, and what was tried.',
    '',
    ...(report.hasPgbench ? [] : [pgbenchHint, '']),
  ].join('\n');
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(line)];
}

const speed = ({ perSecond, p50, p99 }: Measured) => [rate(perSecond), ms(p50), ms(p99)];
const rate = (perSecond: number | undefined) => (perSecond === undefined ? '' : count(perSecond));
/** Empty also when the lower bound could not be measured in time. */
const ratio = (ours: number, floor: number | undefined) => (floor ? (ours / floor).toFixed(2) : '');
const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const count = (value: number) => Math.round(value).toLocaleString('en');
const wordOf = (isMet: boolean | undefined) => (isMet === undefined ? '  – ' : isMet ? 'PASS' : 'MISS');
