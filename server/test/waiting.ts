import { eventually } from './eventually.ts';
import type { Instance } from './instance.ts';

/** The sessions of the instance's database that wait for a lock, once there are this many. */
export const waitingFor = (instance: Instance, count = 1) =>
  eventually(async () => {
    const rows = await instance.query<{ pid: number }>(
      `select pid
       from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length >= count && rows.map(({ pid }) => pid);
  });
