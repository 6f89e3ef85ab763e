/** The measured servers, each in its own process. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Running {
  port: number;
  /** From the start of the process until it printed its address. */
  startedMs: number;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

export interface ServerOptions {
  /** The environment, besides what the bench sets. */
  env: Record<string, string>;
  /** The folder for a CPU profile of the whole run. */
  profileDir?: string;
}

/** Limits that are counted but never reached. */
export const limits = {
  LIMIT_TICKETS_PER_MINUTE: '1000000',
  LIMIT_COMMENTS_PER_MINUTE: '1000000',
  LIMIT_UPLOADS_PER_MINUTE: '1000000',
  LIMIT_STAFF_UPLOADS_PER_MINUTE: '1000000',
  LIMIT_READS_PER_MINUTE: '1000000',
  LIMIT_VOTES_PER_MINUTE: '1000000',
  LIMIT_CHANGES_PER_MINUTE: '1000000',
};

/** `paneldesk serve`, as `npm start` runs it. */
export async function startPaneldesk({ env, profileDir }: ServerOptions): Promise<Running> {
  const profiling = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  return run([...profiling, '--max-semi-space-size=8', 'server/bin/paneldesk.js', 'serve'], {
    DEMO: 'off',
    PORT: '0',
    LOG_LEVEL: 'warn',
    MALLOC_ARENA_MAX: '1',
    ...limits,
    ...env,
  });
}

export const startBareHttp = () => run(['bench/bare-http.ts'], {});
export const startBarePeer = (url: string) => run(['bench/bare-peer.ts'], { DATABASE_URL: url });

/** Its packages are installed at the first run: only the bench needs them. */
export function startOrmPeer(url: string) {
  const folder = join(root, 'bench', 'orm-peer');
  if (!existsSync(join(folder, 'node_modules'))) execFileSync('npm', ['ci', '--silent'], { cwd: folder });
  return run(['bench/orm-peer/server.js'], { DATABASE_URL: url });
}

/** Runs Node with a script that prints its address when it listens. */
async function run(args: string[], env: Record<string, string>): Promise<Running> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, PANELDESK_OS_USER: process.env.PANELDESK_OS_USER, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child, args.join(' '));
  const startedMs = performance.now() - started;
  child.stdout?.resume(); // further output is discarded
  const exit = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await exit;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
  };
  return { port, startedMs, stop };
}

async function portOf(child: ChildProcess, name: string): Promise<number> {
  if (child.stdout) {
    const lines = createInterface(child.stdout);
    for await (const line of lines) {
      const port = /http:\/\/[\w.]+:(\d+)/.exec(line)?.[1];
      if (port !== undefined) return Number(port);
    }
  }
  throw new Error(`${name} ended before it listened.`);
}
