/** Events that a follower of the feed has set aside. */
import type { Instance } from './instance.ts';

/** Adds one as a follower would, and returns its id. */
export async function setAsideEvent(instance: Instance): Promise<number> {
  const [row] = await instance.query<{ id: number }>(
    `insert into set_aside_events (follower, epoch, xid, event_id, type, account_id, error, attempts, retry_at, set_aside_at)
     select 'none', epoch, xid, nextval('event_ids'), type, account_id, 'No reason', 5, now(), now()
     from events
     limit 1
     returning set_aside_event_id as id`,
  );
  if (!row) throw new Error('There is no event yet.');
  return row.id;
}
