/**
 * Measures an operation and its lower bounds directly after each other, so that a machine that gets slower does so for
 * all of them.
 */
import { load, type Measured } from './load.ts';
import { followersAreDone, vitalsOf } from './metrics.ts';
import type { Operation } from './operations.ts';
import { findPgbench, pgbench, type Script } from './pgbench.ts';
import type { Plan } from './plan.ts';
import type { Running } from './processes.ts';
import { isAuthentication, type Recorder } from './statements.ts';

export const MANY = 16;

/** What to measure, and for how long. */
export interface Bench {
  plan: Plan;
  seconds: number;
  warmupSeconds: number;
  server: Running;
  /** The database of the server. */
  url: string;
  peers?: { bare: Running; orm: Running };
  /** Ends what the peers' databases still do after a load: it would take the processor from the next one. */
  quietPeers?: () => Promise<void>;
  /** The processor time of PostgreSQL so far, in milliseconds; undefined when it cannot be read. */
  databaseCpu?: (() => number) | undefined;
  recorder?: Recorder;
}

export interface Result {
  name: string;
  one: Measured;
  many: Measured;
  /** The processor time of the server per request, in milliseconds. */
  cpuMs: number;
  loopP999Ms: number;
  /** The processor time of PostgreSQL per request, with what follows from it, in milliseconds. */
  databaseMs?: number | undefined;
  /** Transactions per second of the operation's own statements, at 16 clients. */
  pgbench?: number;
  /** The same with a token look-up before each; equal to `pgbench` where that is part of the statements. */
  pgbenchWithKey?: number;
  /** The peers at 16 connections. */
  bare?: Measured | undefined;
  orm?: Measured | undefined;
}

const program = findPgbench();
/** Several loads in one run must not send the same requests: a ticket can be closed only once. */
const sent = new Map<string, number>();

export async function measure(bench: Bench, operation: Operation): Promise<Result> {
  const { server, peers, quietPeers, databaseCpu } = bench;
  const one = await loadOf(bench, server, operation, 1);
  const before = await vitalsOf(server.port);
  const databaseBefore = databaseCpu?.();
  const many = await loadOf(bench, server, operation, MANY);
  const after = await vitalsOf(server.port);
  await followersAreDone(server.port);
  const databaseMs =
    databaseBefore === undefined ? undefined : ((databaseCpu?.() ?? 0) - databaseBefore) / many.sent;
  const floors = operation.pgbench ? await pgbenchOf(bench, operation) : {};
  const peerLoad = async (peer?: Running) => {
    if (!peer || !operation.peers) return undefined;
    const measured = await loadOf(bench, peer, operation, MANY);
    await quietPeers?.();
    return measured;
  };
  const bare = await peerLoad(peers?.bare);
  const orm = await peerLoad(peers?.orm);
  return {
    name: operation.name,
    one,
    many,
    cpuMs: (1000 * (after.cpuSeconds - before.cpuSeconds)) / many.sent,
    loopP999Ms: after.loopP999Ms,
    databaseMs,
    ...floors,
    bare,
    orm,
  };
}

export async function loadOf(bench: Bench, { port }: Running, { name }: Operation, connections: number) {
  const { plan, seconds, warmupSeconds } = bench;
  const key = `${port} ${name}`;
  const from = sent.get(key) ?? 0;
  const [warmupMs, measureMs] = [1000 * warmupSeconds, 1000 * seconds];
  const measured = await load({ port, connections, warmupMs, measureMs, name, plan, from });
  sent.set(key, from + measured.sent);
  return measured;
}

const RECORDINGS = 8;

async function pgbenchOf({ recorder, url, plan, seconds }: Bench, operation: Operation) {
  if (!recorder || !program) return {};
  const scripts: Script[] = [];
  for (let i = 0; i < RECORDINGS; i++) {
    const request = operation.request(plan, 1_000_000_000 + i);
    if (!request) throw new Error(`${operation.name} has no request to record.`);
    const statements = await recorder.record(request);
    scripts.push({ statements, about: request.about, key: request.headers['idempotency-key'] });
  }
  const run = (of: typeof scripts) => pgbench(program, { url, plan, clients: MANY, seconds, scripts: of });
  const withKey = await run(scripts);
  const own = scripts.map((script) => ({
    ...script,
    statements: script.statements.filter((statement) => !isAuthentication(statement)),
  }));
  return { pgbench: await run(own), pgbenchWithKey: withKey };
}
