/** Runs the `paneldesk` command in separate processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const program = join(import.meta.dirname, '..', 'bin', 'paneldesk.js');

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Options {
  args?: string[];
  env: Record<string, string>;
  /** The user to run as; by default the one who runs the tests. */
  uid?: number;
  gid?: number;
}

/** A process with only the given environment, PATH and what has been compiled. */
export function spawnPaneldesk({ args = ['serve'], env, uid, gid }: Options): ChildProcess {
  const { PATH, PANELDESK_OS_USER, NODE_COMPILE_CACHE, ...own } = process.env;
  // So that its statements are recorded, too (statements/record.ts).
  const recording = own.STATEMENTS_FOLDER && {
    STATEMENTS_FOLDER: own.STATEMENTS_FOLDER,
    NODE_OPTIONS: own.NODE_OPTIONS,
  };
  return spawn(process.execPath, [program, ...args], {
    env: {
      PATH,
      NODE_COMPILE_CACHE, // of the whole run: each starts in half the time
      ...(PANELDESK_OS_USER && { PANELDESK_OS_USER }),
      ...recording,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    uid,
    gid,
  });
}

export interface Served {
  url: string;
  pid: number;
  /** The lines of stdout and stderr so far. */
  lines: string[];
  /** The time from its start until it was ready. */
  startedInMs: number;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends the signal and waits for the exit. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/** Runs a server, on a free port by default, and waits until it says that it is ready. */
export async function serve(options: Options): Promise<Served> {
  const started = performance.now();
  const child = spawnPaneldesk({ ...options, env: { DEMO: 'off', PORT: '0', ...options.env } });
  const lines: string[] = [];
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const url = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      if (!output) throw new Error('The output of the process is not piped.');
      createInterface({ input: output }).on('line', (line) => {
        lines.push(line);
        const ready = /ready at (\S+)/.exec(line);
        if (ready?.[1]) resolve(ready[1]);
      });
    }
    ended.then((how) => reject(new Error(`It ended with ${how}: ${lines.join('\n')}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    lines,
    startedInMs: performance.now() - started,
    ended,
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs a command until it exits. */
export async function paneldesk(args: string[], env: Record<string, string>): Promise<Outcome> {
  const child = spawnPaneldesk({ args, env });
  if (!child.stdout || !child.stderr) throw new Error('The output of the process is not piped.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
