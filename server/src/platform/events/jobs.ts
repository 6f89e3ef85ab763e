/** Jobs that followers enqueue, such as a mail to send. The worker runs them (graphile-worker). */
import type { Database, Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';

export interface Job<Payload extends object = never> {
  /** Its name in the job queue. */
  task: string;
  /** Is retried with growing pauses when it throws. */
  run(database: Database, payload: Payload): Promise<void>;
}

interface Due<Payload> {
  event: { cursor: string };
  /** Who or what the job is for, such as an address. */
  target: string;
  payload: Payload;
}

/**
 * Enqueues one job per event and target, in this transaction. Enqueuing the same again does nothing while that job
 * waits, runs or has failed for good. A job that has succeeded is forgotten.
 */
export async function enqueue<Payload extends object>(tx: Tx, { task }: Job<Payload>, due: Due<Payload>[]) {
  if (due.length === 0) return;
  const payloads = due.map(({ payload }) => JSON.stringify(payload));
  const keys = due.map(({ event, target }) => `${task} ${event.cursor} ${target}`);
  await sql`
    select graphile_worker.add_job(${task}, payload::json, job_key => key, job_key_mode => 'unsafe_dedupe')
    from unnest(${payloads}::text[], ${keys}::text[]) as due (payload, key)
  `.execute(tx);
}
