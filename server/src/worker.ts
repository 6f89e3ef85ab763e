/** Jobs, scheduled or enqueued by followers of events; each runs once for all processes (graphile-worker). */
import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { sweepDelayedReplies } from '#desk/delayed-replies/send.ts';
import { runErasures } from '#desk/erasure/run.ts';
import { sweepFiles } from '#desk/files/files.ts';
import type { FileStore } from '#desk/files/store.ts';
import { followInactivity } from '#desk/inactivity/inactivity.ts';
import { sweepPresence } from '#desk/presence/presence.ts';
import { reindexSearch } from '#desk/search/reindex.ts';
import { watchSla } from '#desk/sla/follow.ts';
import { applyTagChanges } from '#desk/tags/tags.ts';
import { endSnoozes } from '#desk/tickets/snooze.ts';
import { sweepClientSessions } from '#people/sso/client-sessions.ts';
import { sweepSsoTokens } from '#people/sso/sign-in.ts';
import { sweepInvitations } from '#people/staff/invitations.ts';
import { sweepAttempts } from '#people/staff/sessions/attempts.ts';
import { sweepDevices } from '#people/staff/sessions/devices.ts';
import { sweepSessions } from '#people/staff/sessions/sessions.ts';
import type { Database } from '#platform/db/database.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';
import { sweepSavedResponses } from '#platform/http/saved-responses.ts';

interface WorkerDeps {
  database: Database;
  files: FileStore;
  /** The followers whose jobs it runs, besides the scheduled ones. */
  followers: FeedFollower[];
  log: (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void;
}

const clock = [
  { task: 'sla.watch', match: '* * * * *' },
  { task: 'search.reindex', match: '* * * * *' },
  { task: 'inactivity.end', match: '*/10 * * * *' },
  { task: 'snoozes.end', match: '* * * * *' },
  { task: 'tags.apply', match: '* * * * *' },
  { task: 'erasures.run', match: '* * * * *' },
  { task: 'files.sweep', match: '17 * * * *' },
  { task: 'sso.sweep', match: '*/10 * * * *' },
  { task: 'idempotency.sweep', match: '*/10 * * * *' },
  { task: 'delayed-replies.sweep', match: '23 * * * *' },
  { task: 'presence.sweep', match: '*/10 * * * *' },
  { task: 'people.sweep', match: '37 * * * *' },
];

/** The jobs by name. */
export function createTasks({ database, files }: Pick<WorkerDeps, 'database' | 'files'>): TaskList {
  return {
    'sla.watch': () => watchSla(database),
    'search.reindex': () => reindexSearch(database),
    'inactivity.end': () => followInactivity(database),
    'snoozes.end': () => endSnoozes(database),
    'tags.apply': () => applyTagChanges(database),
    'erasures.run': () => runErasures(database, files),
    'files.sweep': () => sweepFiles(database.db, files),
    'delayed-replies.sweep': () => sweepDelayedReplies(database.db),
    'presence.sweep': () => sweepPresence(database.db),
    'sso.sweep': async () => {
      await sweepSsoTokens(database.db);
      await sweepClientSessions(database.db);
    },
    'idempotency.sweep': () => sweepSavedResponses(database.db),
    'people.sweep': async () => {
      await sweepSessions(database.db);
      await sweepInvitations(database.db);
      await sweepAttempts(database.db);
      await sweepDevices(database.db);
    },
  };
}

/** The jobs that followers enqueue. */
function jobsOf({ database, followers }: WorkerDeps): TaskList {
  const jobs = followers.flatMap((follower) => follower.jobs);
  return Object.fromEntries(
    // the payload of a task has the type that its job takes (platform/events/jobs.ts)
    jobs.map(({ task, run }) => [task, (payload: unknown) => run(database, payload as never)]),
  );
}

export async function startWorker(deps: WorkerDeps) {
  const pool = openPool(deps);
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: new Logger(() => (level, message) => deps.log(level, message)),
    taskList: { ...createTasks(deps), ...jobsOf(deps) },
    parsedCronItems: parseCronItems(clock.map(({ task, match }) => ({ task, match, identifier: task }))),
  });
  const stop = async () => {
    await runner.stop();
    await pool.end();
  };
  return { stop };
}

/**
 * A pool that graphile-worker opens itself is not awaited when it stops, and has no listeners by then: a database that
 * ends at that moment would end the process.
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
