/**
 * The database is stopped, killed, frozen, disconnected, locked, and its sessions are ended, all under load. The
 * server must keep running, send 503 with Retry-After, recover within seconds, and lose nothing that it acknowledged.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { checkAudit } from './audit.ts';
import { send } from './client.ts';
import { createLedger } from './ledger.ts';
import { checkResponses, type Load, moreAcknowledged, underLoad } from './load.ts';
import { accepts, postgresPids, postmasterPid, withDatabase } from './postgres.ts';
import { startProxy } from './proxy.ts';
import { count, percentile, type Run, scenario, seconds } from './scenario.ts';
import { until } from './until.ts';

const defaults = {
  restarts: 10,
  'silent-seconds': 15,
  'lossy-writes': 1000,
  'locked-seconds': 12,
  'robbed-seconds': 20,
  'live-ms': 100, // more on a machine shared with other work
  writers: 6,
};

/** With 200 writers, each account has as many uploads in progress as it may have. */
const ACCOUNTS = 10;

/** The server's sessions in the database. */
const sessions = `
  select pid
  from pg_stat_activity
  where backend_type = 'client backend'
    and datname = current_database()
    and pid <> pg_backend_pid()
  order by pid
`;

interface Trouble extends Run<keyof typeof defaults>, Pick<Load, 'tokens' | 'ledger' | 'server'> {
  /** Of the database. */
  url: string;
}

await scenario('chaos:database', defaults, async (run) => {
  const { instance } = run;
  const clients: string[] = [];
  for (let i = 0; i < ACCOUNTS; i++) clients.push(await instance.client(`acme-${i}`));
  const tokens = { clients, staff: await instance.agent() };
  const server = await instance.start();
  const url = await withDatabase(instance.folder, async (address) => address);
  const trouble = { ...run, tokens, ledger: createLedger(), server, url };
  await restarted(trouble);
  await frozen(trouble);
  await cutOff(trouble);
  await lockedUp(trouble);
  await robbed(trouble);
  await checkAudit(run, trouble.ledger);
});

/** Alternates a fast shutdown and a kill -9. The server, the only one to use it, restarts the database. */
async function restarted(trouble: Trouble) {
  const { flags, instance, url, check } = trouble;
  const okMs: number[] = [];
  await underLoad(trouble, flags.writers, async () => {
    for (let restart = 0; restart < flags.restarts; restart++) {
      await moreAcknowledged(trouble, 30);
      const pid = postmasterPid(instance.folder);
      if (pid === undefined) throw new Error('A database that acknowledges runs.');
      process.kill(pid, restart % 2 === 0 ? 'SIGINT' : 'SIGKILL');
      await until(() => postmasterPid(instance.folder) !== pid, 30_000, 'The end of the database');
      await until(() => accepts(url), 60_000, 'The return of the database');
      okMs.push(await moreAcknowledged(trouble, 1));
    }
  });
  const slowest = Math.max(...okMs);
  check(
    slowest <= 3000,
    `${flags.restarts} restarts of the database: ok again within ${seconds(slowest)} of it`,
  );
  checkResponses(trouble, 'restarted');
}

/** SIGSTOP: connections stay open, and nothing responds. */
async function frozen(trouble: Trouble) {
  let pids: number[] = [];
  await silent(trouble, 'frozen', (isInactive) => {
    if (isInactive) pids = postgresPids(trouble.instance.folder);
    for (const pid of pids) process.kill(pid, isInactive ? 'SIGSTOP' : 'SIGCONT');
  });
}

/**
 * A database behind an unreliable network: first responses are lost, then nothing gets through and nothing is closed.
 */
async function cutOff(trouble: Trouble) {
  const { instance, url, chance } = trouble;
  const socketDir = new URL(url.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
  let isLossy = false;
  const path = join(socketDir, '.s.PGSQL.5432');
  const proxy = await startProxy({ path }, () => (isLossy && chance() < 1 / 30 ? 'cut' : 'pass'));
  const through = url.replace(/@\/(\w+)\?.*/, `@127.0.0.1:${proxy.port}/$1`);
  const server = await instance.start({ env: { DATABASE_URL: through } });
  await lossy({ ...trouble, server }, (isNow) => {
    isLossy = isNow;
  });
  await silent({ ...trouble, server }, 'cut off', proxy.setInactive);
  await server.stop();
  await proxy.close();
}

/** One in thirty of the database's responses is lost with its connection, including those to commits. */
async function lossy(trouble: Trouble, setLossy: (isLossy: boolean) => void) {
  const { flags, ledger, check } = trouble;
  await underLoad(trouble, flags.writers, async () => {
    setLossy(true);
    await moreAcknowledged(trouble, flags['lossy-writes']);
    setLossy(false);
  });
  check(
    ledger.responses(503) > 0,
    `responses of the database lost under ${count(ledger.responses(0, 599))} requests`,
  );
  checkResponses(trouble, 'lossy');
}

async function silent(trouble: Trouble, name: string, setInactive: (isInactive: boolean) => void) {
  const { flags, ledger, check } = trouble;
  let recoveryMs = 0;
  await underLoad(trouble, flags.writers, async () => {
    await moreAcknowledged(trouble, 30);
    setInactive(true);
    await wait(flags['silent-seconds'] * 1000);
    setInactive(false);
    recoveryMs = await moreAcknowledged(trouble, 1);
  });
  check(
    ledger.slowestMs <= 10_000 && recoveryMs <= 5000,
    `${name} for ${flags['silent-seconds']} s: every response within ${seconds(ledger.slowestMs)}, ` +
      `ok again after ${seconds(recoveryMs)}`,
  );
  checkResponses(trouble, name);
}

/**
 * Another connection locks the keys, which every write stores, while twenty times as many requests arrive as there are
 * connections.
 */
async function lockedUp(trouble: Trouble) {
  const { flags, server, url, ledger, check } = trouble;
  const holder = await connect(url);
  let liveMs: number[] = [];
  let recoveryMs = 0;
  await underLoad(trouble, 200, async () => {
    await moreAcknowledged(trouble, 30);
    await holder.query('begin');
    await holder.query('lock table idempotency_keys in exclusive mode');
    liveMs = await pulse(server.url, flags['locked-seconds']);
    await holder.query('commit');
    recoveryMs = await moreAcknowledged(trouble, 1);
  });
  await holder.end();
  const live = percentile(liveMs, 0.99);
  check(
    ledger.slowestMs <= 6000 && live < flags['live-ms'] && recoveryMs <= 5000,
    `locked up for ${flags['locked-seconds']} s with 200 writers: every response within ${seconds(ledger.slowestMs)}, ` +
      `/health/live within ${live.toFixed(0)} ms (p99), ok again after ${seconds(recoveryMs)}`,
  );
  checkResponses(trouble, 'locked up');
}

/** The response times of /health/live, requested repeatedly. */
async function pulse(url: string, forSeconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + forSeconds * 1000;
  while (performance.now() < end) {
    const response = await send(`${url}/health/live`, '');
    times.push(response?.status === 200 ? response.ms : Number.POSITIVE_INFINITY);
    await wait(50);
  }
  return times;
}

/** Ten times a second, one of the server's sessions is terminated. */
async function robbed(trouble: Trouble) {
  const { flags, chance, url, check } = trouble;
  const robber = await connect(url);
  let ended = 0;
  await underLoad(trouble, flags.writers, async () => {
    const end = performance.now() + flags['robbed-seconds'] * 1000;
    while (performance.now() < end) {
      const { rows } = await robber.query(sessions);
      const victim = rows[Math.floor(chance() * rows.length)];
      if (victim) await robber.query('select pg_terminate_backend($1)', [victim.pid]);
      if (victim) ended++;
      await wait(100);
    }
  });
  await robber.end();
  check(ended > 0, `${ended} sessions ended from outside in ${flags['robbed-seconds']} s`);
  checkResponses(trouble, 'robbed');
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // an aborted scenario ends the database before its connections
  await client.connect();
  return client;
}
