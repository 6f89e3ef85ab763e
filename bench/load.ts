/** Starts a load in a thread of its own and waits for what it has measured. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Plan } from './plan.ts';

export interface LoadOptions {
  port: number;
  connections: number;
  warmupMs: number;
  measureMs: number;
  /** Of the operation. */
  name: string;
  plan: Plan;
  /** How many requests of this operation have been sent before: it goes on behind them. */
  from: number;
}

/** Times in milliseconds. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  errorCount: number;
  /** The first few. */
  errors: string[];
  sent: number;
}

export async function load(options: LoadOptions): Promise<Measured> {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: options });
  const [measured] = await once(worker, 'message'); // rejects on the worker's 'error'
  await worker.terminate();
  return measured;
}
