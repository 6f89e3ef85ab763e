import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Plan, ROUND } from './plan.ts';

const help = `npm run bench -- [options]

Measures every operation of a server with a database full of tickets, and compares it with pgbench with the same SQL,
bare node:http and a bare peer. With DATABASE_URL it uses that PostgreSQL instead of the embedded one.

  --tickets N     number of tickets, a multiple of 1,000 (default: 1,000,000)
  --comments N    number of comments (default: 4 per ticket)
  --accounts N    number of accounts (default: 1 per 100 tickets)
  --big N         tickets of the one big account (default: a fifth of the tickets)
  --seconds N     seconds for each operation (default: 3)
  --dir FOLDER    keep the database there for the next run; without it the database is created and then removed
  --only PATTERN  only operations whose names match
  --quick         10,000 tickets, one second for each operation
  --write         write docs/performance.md
  --assert        exit with 1 if a target is missed
  --profile DIR   write a CPU profile of the server there`;

export interface Options {
  plan: Plan;
  seconds: number;
  warmupSeconds: number;
  /** The data folder, and whether to keep it. */
  folder: string;
  isKept: boolean;
  only: RegExp;
  isQuick: boolean;
  write: boolean;
  assert: boolean;
  profileDir: string | undefined;
}

export function readOptions(args: string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      tickets: text,
      comments: text,
      accounts: text,
      big: text,
      seconds: text,
      dir: text,
      only: text,
      profile: text,
      quick: flag,
      write: flag,
      assert: flag,
      help: flag,
    },
  });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const { quick } = values;
  const number = (name: 'tickets' | 'comments' | 'accounts' | 'big' | 'seconds', fallback: number) =>
    Number(values[name]?.replaceAll(',', '') ?? fallback);
  const tickets = number('tickets', quick ? 10_000 : 1_000_000);
  const plan = {
    tickets,
    commentsPerTicket: Math.max(1, Math.round(number('comments', 4 * tickets) / tickets)),
    accounts: number('accounts', tickets / 100),
    bigTickets: number('big', tickets / 5),
  };
  if (!isSound(plan))
    throw new Error(`These numbers do not fit together: ${JSON.stringify(plan)}\n\n${help}`);
  const seconds = number('seconds', quick ? 1 : 3);
  return {
    plan,
    seconds,
    warmupSeconds: Math.min(1, seconds / 3),
    folder: values.dir ? resolve(values.dir) : join(tmpdir(), `paneldesk-bench-${process.pid}`),
    isKept: values.dir !== undefined,
    only: new RegExp(values.only ?? '', 'i'),
    isQuick: quick,
    write: values.write,
    assert: values.assert,
    profileDir: values.profile && resolve(values.profile),
  };
}

const isSound = ({ tickets, commentsPerTicket, accounts, bigTickets }: Plan) =>
  [tickets, commentsPerTicket, accounts, bigTickets].every(Number.isSafeInteger) &&
  tickets >= ROUND &&
  tickets % ROUND === 0 &&
  commentsPerTicket >= 2 &&
  accounts >= 10 &&
  bigTickets * 2 <= tickets;
