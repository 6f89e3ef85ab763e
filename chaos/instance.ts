/** A separate instance for each scenario: a data folder, server processes, and people. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbedded } from '../server/src/platform/db/embedded.ts';
import { killPostmaster, osUser } from './postgres.ts';
import { program, type ServerProcess, startServer } from './server.ts';

export interface Instance {
  folder: string;
  /** Starts a server on a free port, or on `port` to restart one. */
  start(options?: { port?: number; env?: Record<string, string> }): Promise<ServerProcess>;
  /** A token of a new account. */
  client(externalId: string): Promise<string>;
  /** A token of a new agent. */
  agent(): Promise<string>;
  /** Ends every process and the database, and removes the folder unless `keep` is set. */
  close(options: { keep: boolean }): Promise<void>;
}

export async function openInstance(): Promise<Instance> {
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-chaos-'));
  chmodSync(folder, 0o711); // when started by root, the database runs as another user inside this folder
  const env = environment(folder);
  await (await startEmbedded(folder, osUser)).stop(); // commands never create a database
  const servers: ServerProcess[] = [];
  let starts = 0;

  async function command<T>(...args: string[]): Promise<T> {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args, '--json'], { env });
    return JSON.parse(stdout);
  }
  async function issue(...owner: string[]): Promise<string> {
    const { token } = await command<{ token: string }>('token', 'issue', ...owner, '--name', 'chaos');
    return token;
  }

  return {
    folder,

    async start({ port = 0, env: more } = {}) {
      const log = join(folder, `server-${++starts}.log`);
      const server = await startServer({ ...env, ...more, PORT: String(port) }, log);
      servers.push(server);
      return server;
    },

    async client(externalId) {
      const email = `${externalId}@clients.example`;
      await command('account', 'add', externalId, '--name', externalId, '--email', email);
      return issue('--account', externalId);
    },

    async agent() {
      const email = 'agent@host.example';
      await command('staff', 'add', email, '--name', 'Agent', '--role', 'agent');
      return issue('--staff', email);
    },

    async close({ keep }) {
      for (const server of servers) await server.kill();
      await killPostmaster(folder);
      if (keep) console.log(`  logs and data are kept in ${folder}`);
      else rmSync(folder, { recursive: true, force: true, maxRetries: 10 }); // the database's last processes are still exiting
    },
  };
}

const environment = (folder: string) => ({
  PATH: process.env.PATH ?? '',
  DATA_DIR: folder,
  PANELDESK_OS_USER: osUser,
  DEMO: 'off',
  LOG_LEVEL: 'warn',
  LIMIT_TICKETS_PER_MINUTE: '0',
  LIMIT_COMMENTS_PER_MINUTE: '0',
  LIMIT_UPLOADS_PER_MINUTE: '0',
  LIMIT_STAFF_UPLOADS_PER_MINUTE: '0',
  LIMIT_READS_PER_MINUTE: '0',
  LIMIT_VOTES_PER_MINUTE: '0',
  LIMIT_CHANGES_PER_MINUTE: '0',
});
