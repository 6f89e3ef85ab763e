/** A real server process, which can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

export const program = join(import.meta.dirname, '..', 'server', 'bin', 'paneldesk.js');

export interface ServerProcess {
  url: string;
  port: number;
  pid: number;
  /** From the start of the process to the first 200 of /health/ready. */
  readyMs: number;
  isRunning(): boolean;
  /** kill -9 */
  kill(): Promise<void>;
  /** SIGTERM. Returns the exit code (null when a signal ended it) and how long it took. */
  stop(): Promise<{ code: number | null; ms: number }>;
}

/** Starts a server and waits until it is ready. Kills it when that takes too long. */
export async function startServer(env: Record<string, string>, logFile: string): Promise<ServerProcess> {
  const start = performance.now();
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const printed = keepLog(child, logFile);
  const address = () => /Paneldesk is ready at (\S+)/.exec(printed())?.[1] ?? '';
  try {
    await until(() => address() !== '' || !isRunning(), 90_000, 'The start of a server');
    if (!isRunning())
      throw new Error(`A server ended with ${child.signalCode ?? child.exitCode}: ${printed()}`);
    await until(() => isReady(address()), 60_000, 'A ready server');
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const url = address();
  const readyMs = performance.now() - start;
  const pid = child.pid ?? 0; // set once the process has started
  return { url, port: Number(new URL(url).port), pid, readyMs, isRunning, ...endingsOf(child) };
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Writes the output of the process to a file. Returns a function that gives its beginning. */
function keepLog({ stdout, stderr }: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile);
  let beginning = '';
  for (const output of [stdout, stderr]) {
    output?.on('data', (chunk) => {
      if (beginning.length < 10_000) beginning += chunk;
      log.write(chunk);
    });
  }
  return () => beginning;
}

function endingsOf(child: ChildProcess) {
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  const end = async (signal: NodeJS.Signals) => {
    const told = performance.now();
    if (child.kill(signal)) await exited;
    return { code: child.exitCode, ms: performance.now() - told };
  };
  return { stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) };
}
