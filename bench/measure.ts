/** One operation beside its floors, one right after the other: a machine that drifts drifts for all of them. */
import { load, type Measured } from './load.ts';
import { vitalsOf } from './metrics.ts';
import type { Operation } from './operations.ts';
import { findPgbench, pgbench, type Script } from './pgbench.ts';
import type { Plan } from './plan.ts';
import type { Running } from './processes.ts';
import { isAuthentication, type Recorder } from './statements.ts';

export const MANY = 16;

/** What is measured, for how long. */
export interface Bench {
  plan: Plan;
  seconds: number;
  warmupSeconds: number;
  server: Running;
  /** Where the server's data is. */
  url: string;
  peer?: Running;
  recorder?: Recorder;
}

export interface Result {
  name: string;
  one: Measured;
  many: Measured;
  /** The server's own processor time for a request, in milliseconds. */
  cpuMs: number;
  loopP999Ms: number;
  /** Transactions a second of the operation's own statements, at 16 clients. */
  pgbench?: number;
  /** The same, each with the look-up of a key before it; as `pgbench` where that is part of the statements. */
  pgbenchWithKey?: number;
  /** The bare peer at 16 connections. */
  bare?: Measured;
}

const program = findPgbench();
/** A run may send more than once: what one has used up is not there for the next. */
const sent = new Map<string, number>();

export async function measure(bench: Bench, operation: Operation): Promise<Result> {
  const { server, peer } = bench;
  const one = await loadOf(bench, server, operation, 1);
  const before = await vitalsOf(server.port);
  const many = await loadOf(bench, server, operation, MANY);
  const after = await vitalsOf(server.port);
  const floors = operation.pgbench ? await pgbenchOf(bench, operation) : {};
  const bare = peer && operation.bare ? await loadOf(bench, peer, operation, MANY) : undefined;
  return {
    name: operation.name,
    one,
    many,
    cpuMs: (1000 * (after.cpuSeconds - before.cpuSeconds)) / many.sent,
    loopP999Ms: after.loopP999Ms,
    ...floors,
    bare,
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
