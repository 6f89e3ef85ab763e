/** Jobs: what runs by the clock, once for all processes (graphile-worker keeps it in the database). */
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type { Database } from './db/database.ts';
import { sweepFiles } from './files/files.ts';
import type { FileStore } from './files/store.ts';

interface WorkerDeps {
  database: Database;
  files: FileStore;
  log: (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void;
}

const clock = [
  { task: 'files.sweep', match: '17 * * * *' },
  { task: 'idempotency.sweep', match: '*/10 * * * *' },
];

/** What each job does, by its name. */
export function tasksOf({ database, files }: Pick<WorkerDeps, 'database' | 'files'>): TaskList {
  return {
    'files.sweep': () => sweepFiles(database.db, files),
    'idempotency.sweep': async () => {
      await sql`delete from idempotency_keys where created_at <= now() - interval '24 hours'`.execute(
        database.db,
      );
    },
  };
}

export async function startWorker(deps: WorkerDeps) {
  return run({
    connectionString: deps.database.url,
    maxPoolSize: 3,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: new Logger(() => (level, message) => deps.log(level, message)),
    taskList: tasksOf(deps),
    parsedCronItems: parseCronItems(clock.map(({ task, match }) => ({ task, match, identifier: task }))),
  });
}
