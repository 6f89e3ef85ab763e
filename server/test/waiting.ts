import { eventually, type Instance } from './support.ts';

/** The sessions that wait for a lock in the instance's database, once there are so many. */
export const waitingFor = (instance: Instance, count = 1) =>
  eventually(async () => {
    const rows = await instance.query<{ pid: number }>(
      `select pid
       from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length >= count && rows.map(({ pid }) => pid);
  });
