/** The lower bound of an operation: its own SQL, sent by pgbench as prepared statements from as many clients. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { accountMark } from '../server/src/platform/text/search-words.ts';
import { FIRST_NUMBER, type Plan, pgbenchAccount, pgbenchComment, pgbenchTokenHash } from './plan.ts';
import type { About } from './requests.ts';
import type { Statement } from './statements.ts';

export interface Script {
  statements: Statement[];
  /** The ticket and account for which the statements were recorded. */
  about: About | undefined;
  /** The Idempotency-Key with which they were recorded. */
  key: string | undefined;
}

interface Run {
  url: string;
  plan: Plan;
  clients: number;
  seconds: number;
  /** Executed in turn: the same operation recorded with different texts. */
  scripts: Script[];
}

/** The program, from PATH or from Debian's path; undefined when it is not installed. */
export function findPgbench(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, 'pgbench')).find(existsSync);
}

/** Transactions per second. */
export async function pgbench(
  program: string,
  { url, plan, clients, seconds, scripts }: Run,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-pgbench-'));
  const { host, port, user, password, database } = new pg.Client(url);
  const constants: string[] = [];
  const files = scripts.map((script, i) => {
    const file = join(folder, `${i}.sql`);
    writeFileSync(file, scriptOf(plan, script, `c${i}`, constants));
    return ['-f', file];
  });
  try {
    const options = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds)];
    const { stdout } = await promisify(execFile)(
      program,
      [...options, ...files.flat(), ...constants.flatMap((constant) => ['-D', constant]), database ?? ''],
      {
        env: {
          PGHOST: host,
          PGPORT: String(port),
          PGUSER: user,
          PGPASSWORD: String(password),
          PGOPTIONS: '-c jit=off -c TimeZone=UTC',
        },
      },
    );
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Uses another ticket each time. What stays the same goes into `constants`, because pgbench replaces variables inside
 * quotes, too.
 */
function scriptOf(
  plan: Plan,
  { statements, about, key }: Script,
  prefix: string,
  constants: string[],
): string {
  const isOfTicket = about?.number !== undefined || about?.comment !== undefined;
  const lines = [
    `\\set k 2 * random(0, ${plan.tickets / 2 - 1}) + 1`,
    `\\set account ${isOfTicket ? pgbenchAccount(plan) : `random(2, ${plan.accounts})`}`,
    `\\set number ${FIRST_NUMBER} + :k`,
    `\\set comment ${pgbenchComment(plan)}`,
    '\\set key random(1, 9000000000000000)',
  ];
  for (const { text, values } of statements) {
    const sql = text.replace(/\$(\d+)/g, (_, position, at) => {
      const value = values[Number(position) - 1];
      const varying = expressionOf(value, about, key);
      if (varying !== undefined) return varying;
      const name = `${prefix}_${constants.length}`;
      constants.push(`${name}=${textOf(value)}`);
      if (!isJson(value)) return `:${name}`;
      const type = /(jsonb?)_to_recordset\($/.exec(text.slice(0, at))?.[1] ?? 'text';
      return `${inJson(`:${name}::text`, { about, key })}::${type}`;
    });
    lines.push(`${sql.replace(/\s+/g, ' ').trim()};`);
  }
  return `${lines.join('\n')}\n`;
}

const isJson = (value: unknown) => typeof value === 'string' && value.startsWith('[{');

/** SQL for rows in JSON of which the keys differ between requests. */
function inJson(json: string, { about, key }: Pick<Script, 'about' | 'key'>): string {
  const varying = [
    { name: '"key":"', value: key, end: '"', sql: ':key' },
    { name: '"account_id":', value: about?.account, end: '', sql: ':account' },
    { name: '"number":', value: about?.number, end: '', sql: ':number' },
  ].filter(({ value }) => value !== undefined);
  return varying.reduce(
    (text, { name, value, end, sql }) =>
      `replace(${text}, '${name}${value}${end}', '${name}' || ${sql}::text || '${end}')`,
    json,
  );
}

/** SQL for a value that differs between requests; undefined for one that does not. */
function expressionOf(value: unknown, about: About | undefined, key: string | undefined): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string' && key !== undefined) {
    if (value === key) return ':key::text';
    if (value.endsWith(`/${key}`)) return `(:account::text || '/0/' || :key::text)`;
  }
  if (!about) return undefined;
  if (Array.isArray(value)) {
    if (value.length === 1 && Buffer.isBuffer(value[0])) return `array[${pgbenchTokenHash}]`;
    const element = value.length === 1 ? expressionOf(value[0], about, undefined) : undefined;
    return element && `array[${element}]::bigint[]`;
  }
  if (value === about.number) return ':number';
  if (value === about.comment) return ':comment';
  if (value === about.account) return ':account';
  const mark = accountMark(about.account);
  if (!`${value}`.startsWith(mark)) return undefined;
  return `(':' || :account::text || ':${`${value}`.slice(mark.length)}')`;
}

/** Formats a value as node-postgres does. */
function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (!Array.isArray(value)) return String(value);
  const elements = value.map((one) => `"${textOf(one).replace(/[\\"]/g, '\\$&')}"`);
  return `{${elements.join(',')}}`;
}
