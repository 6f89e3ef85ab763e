/** The `paneldesk` command in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const program = join(import.meta.dirname, '..', 'bin', 'paneldesk.js');
// Compiled code that the processes of one test file share: each starts in half the time.
const compiled = mkdtempSync(join(tmpdir(), 'paneldesk-compiled-'));
process.on('exit', () => rmSync(compiled, { recursive: true, force: true }));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Options {
  args?: string[];
  env: Record<string, string>;
  /** Who runs it; whoever runs the tests by default. */
  uid?: number;
  gid?: number;
}

/** A process with nothing in its environment but what is given and where programs lie. */
export function spawnPaneldesk({ args = ['serve'], env, uid, gid }: Options): ChildProcess {
  const { PATH, PANELDESK_OS_USER } = process.env;
  return spawn(process.execPath, [program, ...args], {
    env: { PATH, NODE_COMPILE_CACHE: compiled, ...(PANELDESK_OS_USER && { PANELDESK_OS_USER }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    uid,
    gid,
  });
}

/** Runs a command to its end. */
export async function paneldesk(args: string[], env: Record<string, string>): Promise<Outcome> {
  const child = spawnPaneldesk({ args, env });
  if (!child.stdout || !child.stderr) throw new Error('The output of the process is not piped.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
