/** Starts a load in a thread of its own and waits for its measurements. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Plan } from './plan.ts';

export interface LoadOptions {
  port: number;
  connections: number;
  warmupMs: number;
  measureMs: number;
  /** The name of the operation. */
  name: string;
  plan: Plan;
  /** The number of requests of this operation sent before. The load continues after them. */
  from: number;
}

/** Times in milliseconds. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  errorCount: number;
  /** The first few errors. */
  errors: string[];
  sent: number;
}

export async function load(options: LoadOptions): Promise<Measured> {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: options });
  const [measured] = await once(worker, 'message'); // rejects on the worker's 'error'
  await worker.terminate();
  return measured;
}
