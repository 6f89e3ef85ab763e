/** Jobs: what runs by the clock, once for all processes (graphile-worker keeps it in the database). */
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import { endSilence } from './auto/silence.ts';
import type { Database } from './db/database.ts';
import { runErasures } from './erasure/run.ts';
import { sweepFiles } from './files/files.ts';
import type { FileStore } from './files/store.ts';
import { sweepHandovers } from './handover/handover.ts';
import { sweepClientSessions } from './handover/sessions.ts';
import { sweepHeldAnswers } from './held-answers/send.ts';
import { sweepPresence } from './presence/presence.ts';
import { reindexSearch } from './search/reindex.ts';
import { sweepAttempts } from './sessions/attempts.ts';
import { sweepDevices } from './sessions/devices.ts';
import { sweepSessions } from './sessions/sessions.ts';
import { watchPromises } from './sla/watch.ts';
import { sweepInvitations } from './staff/invitations.ts';
import { applyTagChanges } from './tags/tags.ts';
import { endSnoozes } from './tickets/snooze.ts';

interface WorkerDeps {
  database: Database;
  files: FileStore;
  log: (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void;
}

const clock = [
  { task: 'promises.watch', match: '* * * * *' },
  { task: 'search.reindex', match: '* * * * *' },
  { task: 'silence.end', match: '*/10 * * * *' },
  { task: 'snoozes.end', match: '* * * * *' },
  { task: 'tags.apply', match: '* * * * *' },
  { task: 'erasures.run', match: '* * * * *' },
  { task: 'files.sweep', match: '17 * * * *' },
  { task: 'handover.sweep', match: '*/10 * * * *' },
  { task: 'idempotency.sweep', match: '*/10 * * * *' },
  { task: 'held-answers.sweep', match: '23 * * * *' },
  { task: 'presence.sweep', match: '*/10 * * * *' },
  { task: 'people.sweep', match: '37 * * * *' },
];

/** What each job does, by its name. */
export function tasksOf({ database, files }: Pick<WorkerDeps, 'database' | 'files'>): TaskList {
  return {
    'promises.watch': () => watchPromises(database),
    'search.reindex': () => reindexSearch(database),
    'silence.end': () => endSilence(database),
    'snoozes.end': () => endSnoozes(database),
    'tags.apply': () => applyTagChanges(database),
    'erasures.run': () => runErasures(database, files),
    'files.sweep': () => sweepFiles(database.db, files),
    'held-answers.sweep': () => sweepHeldAnswers(database.db),
    'presence.sweep': () => sweepPresence(database.db),
    'handover.sweep': async () => {
      await sweepHandovers(database.db);
      await sweepClientSessions(database.db);
    },
    'idempotency.sweep': async () => {
      await sql`delete from idempotency_keys where created_at <= now() - interval '24 hours'`.execute(
        database.db,
      );
    },
    'people.sweep': async () => {
      await sweepSessions(database.db);
      await sweepInvitations(database.db);
      await sweepAttempts(database.db);
      await sweepDevices(database.db);
    },
  };
}

export async function startWorker(deps: WorkerDeps) {
  const pool = openPool(deps);
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: new Logger(() => (level, message) => deps.log(level, message)),
    taskList: tasksOf(deps),
    parsedCronItems: parseCronItems(clock.map(({ task, match }) => ({ task, match, identifier: task }))),
  });
  const stop = async () => {
    await runner.stop();
    await pool.end();
  };
  return { stop };
}

/**
 * A pool that graphile-worker opens itself is not waited for when it stops, and has no listeners by then: a database
 * that ends in that moment would end the process.
 */
function openPool({ database, log }: WorkerDeps) {
  const pool = new pg.Pool({
    connectionString: database.url,
    max: 3,
    application_name: 'paneldesk worker',
  });
  const report = ({ message }: Error) => log('error', message);
  return pool.on('error', report).on('connect', (client) => client.on('error', report));
}
