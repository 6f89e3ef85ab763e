/**
 * A normal user during the abuse: sends a request every 50 ms, whether or not the previous one has completed, so that
 * a server that hangs for a second makes twenty slow requests and not one. Runs in a thread of its own, so that the
 * abuse does not slow down the measurement.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { send } from './client.ts';

const EVERY_MS = 50;

export interface Sample {
  /** Milliseconds from the scheduled time of the request to the complete response. */
  ms: number;
  /** 0 when no response arrived. */
  status: number;
}

interface Target {
  url: string;
  token: string;
  number: number;
}

/**
 * Starts requesting the ticket `number`. `take` returns the samples since the last call, after waiting for those in
 * progress.
 */
export function startProbe(target: Target) {
  const worker = new Worker(import.meta.filename, { workerData: target });
  const take = () =>
    new Promise<Sample[]>((resolve) => {
      worker.once('message', resolve);
      worker.postMessage('take');
    });
  return { take, stop: () => worker.terminate() };
}

function probe({ url, token, number }: Target) {
  const requests = [
    () => send(`${url}/support/tickets`, token),
    () => send(`${url}/support/tickets/${number}`, token),
    () => send(`${url}/support/tickets?q=probe`, token),
    () =>
      send(`${url}/support/tickets/${number}/comments`, token, { method: 'POST', body: { body: 'Probe' } }),
  ];
  let samples: Sample[] = [];
  const inProgress = new Set<Promise<void>>();
  const start = performance.now();
  let sent = 0;

  async function ask() {
    const due = start + sent * EVERY_MS;
    const response = await requests[sent++ % requests.length]?.();
    samples.push({ ms: performance.now() - due, status: response?.status ?? 0 });
  }

  async function keepAsking() {
    for (;;) {
      const pause = start + sent * EVERY_MS - performance.now();
      if (pause > 0) await wait(pause);
      const asking = ask();
      inProgress.add(asking);
      void asking.finally(() => inProgress.delete(asking));
    }
  }

  parentPort?.on('message', async () => {
    await Promise.all(inProgress);
    parentPort?.postMessage(samples);
    samples = [];
  });
  void keepAsking();
}

if (!isMainThread) probe(workerData as Target); // startProbe passes it
