/**
 * Generates the load in a thread of its own, over raw sockets. Of each response only the status and the length are
 * parsed.
 */
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { LoadOptions, Measured } from './load.ts';
import { bareHttp, operations } from './operations.ts';
import { bytesOf } from './requests.ts';

const options = workerData as LoadOptions; // typed in load.ts
const { port, connections, warmupMs, measureMs, plan, from } = options;
const operation = [bareHttp, ...operations].find(({ name }) => name === options.name);
const latencies: number[] = [];
const errors: string[] = [];
let errorCount = 0;
let sent = 0;

const start = performance.now() + warmupMs;
const end = start + measureMs;
let last = start;

await Promise.all(Array.from({ length: connections }, client));
parentPort?.postMessage(summary());

/** One connection that sends the next request as soon as the response is complete. */
function client(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let askedAt = 0;
    let response: Buffer = Buffer.alloc(0); // what has been received of the response, until its length is known
    let missing = 0; // bytes still to come, once the length is known

    const ask = () => {
      askedAt = performance.now();
      const request = askedAt < end ? operation?.request(plan, from + sent) : undefined;
      if (!request) return void socket.end(resolve);
      sent++;
      response = Buffer.alloc(0);
      socket.write(bytesOf(request));
    };

    socket.on('connect', ask).on('error', reject);
    socket.on('close', () => reject(new Error('The server has closed a connection.')));
    socket.on('data', (chunk: Buffer) => {
      if (missing > 0) {
        missing -= chunk.length;
      } else {
        response = response.length > 0 ? Buffer.concat([response, chunk]) : chunk;
        const headLength = response.indexOf('\r\n\r\n') + 4;
        if (headLength === 3) return;
        missing = headLength + bodyLength(response, headLength) - response.length;
      }
      if (missing > 0) return;
      count(askedAt, response);
      ask();
    });
  });
}

function bodyLength(response: Buffer, headLength: number): number {
  const head = response.toString('latin1', 0, headLength);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`A response without a length:\n${head}`);
  return Number(length);
}

function count(askedAt: number, response: Buffer) {
  const now = performance.now();
  if (response.toString('latin1', 9, 12) !== '200') {
    errorCount++;
    if (errors.length < 3) errors.push(response.toString('utf8', 0, 2000));
  }
  if (askedAt < start || now > end) return;
  latencies.push(now - askedAt);
  last = now;
}

function summary(): Measured {
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0;
  // The measurement ends early when there is nothing left to send.
  const measuredMs = latencies.length > 0 && last < end - 0.2 * measureMs ? last - start : measureMs;
  return {
    perSecond: (1000 * latencies.length) / measuredMs,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    errorCount,
    errors,
    sent,
  };
}
