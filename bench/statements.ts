/** Records the SQL of an operation, from the product itself while it handles one request of the load. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { buildApp } from '../server/src/app.ts';
import { readConfig } from '../server/src/config.ts';
import { createStreams } from '../server/src/desk/feed/stream.ts';
import { openFolderStore } from '../server/src/desk/files/folder-store.ts';
import { openDatabase } from '../server/src/platform/db/database.ts';
import { limits } from './processes.ts';
import type { Request } from './requests.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

export interface Recorder {
  /** The statements of one request in order, including BEGIN and COMMIT. */
  record(request: Request): Promise<Statement[]>;
  close(): Promise<void>;
}

export async function openRecorder(url: string): Promise<Recorder> {
  const database = openDatabase(url, { poolSize: 1 });
  const statements: Statement[] = [];
  database.pool.on('connect', (client) => listen(client, statements));
  const folder = mkdtempSync(join(tmpdir(), 'paneldesk-bench-'));
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'error', ...limits });
  const files = await openFolderStore(join(folder, 'files'));
  const nobody = { onNewEvents() {}, onMessage() {}, stop: async () => {} }; // followers are disabled: they would run SQL of their own
  const streams = createStreams(database, nobody, () => {});
  const health = { isAccepting: true, warnings: [] };
  const app = await buildApp({
    config,
    database,
    files,
    streams,
    followers: [],
    health,
    webFolder: '',
    version: 'bench',
  });

  return {
    async record({ method, path, headers, body }) {
      statements.length = 0;
      const response = await app.inject({ method, url: path, headers, payload: body || undefined });
      if (response.statusCode !== 200) throw new Error(`${method} ${path} was refused: ${response.body}`);
      return [...statements];
    },
    async close() {
      streams.closeAll();
      await app.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The look-up of the token, which every request runs first and shares with concurrent ones. */
export const isAuthentication = ({ text }: Statement) => text.includes('as wanted (token_hash)');

function listen(client: pg.PoolClient, statements: Statement[]) {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const recorded = (given: string | Statement, ...rest: unknown[]) => {
    statements.push(
      typeof given === 'string' ? { text: given, values: [] } : { ...given, values: given.values ?? [] },
    );
    return query(given, ...rest);
  };
  client.query = recorded as typeof client.query; // the product calls it in these two ways only
}
