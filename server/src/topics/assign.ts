/**
 * Gives new tickets of clients to the group of their topic. It follows the feed, so that no client waits for it: a
 * ticket has its assignee within a second.
 */
import { sql } from 'kysely';
import { system } from '../actor.ts';
import type { Database, Db, Tx } from '../db/database.ts';
import { record } from '../events/events.ts';
import { readPlaces } from '../events/feed.ts';
import { findCursor, moveCursor, takeCursor } from '../events/following.ts';
import { hasGroups } from './topics.ts';

const AT_ONCE = 200; // events

/** Takes in what has been opened, unless another process is at it; returns whether more is left. */
export async function assignByTopic(database: Database): Promise<boolean> {
  if (!(await hasWork(database.db))) return false;
  return database.transact(async (tx) => {
    const cursor = await takeCursor(tx, 'assignment');
    if (cursor === undefined) return false;
    const places = await readPlaces(tx, cursor, AT_ONCE);
    const last = places.at(-1);
    if (!last) return false;
    for (const { type, account_id, ticket_number } of places) {
      if (type === 'ticket.opened' && ticket_number !== null) await assign(tx, account_id, ticket_number);
    }
    await moveCursor(tx, 'assignment', last.cursor);
    return places.length === AT_ONCE;
  });
}

async function hasWork(db: Db): Promise<boolean> {
  if (!(await hasGroups(db))) return false;
  const next = await readPlaces(db, await findCursor(db, 'assignment'), 1);
  return next.length > 0;
}

/** Whoever took it by hand keeps it; so do those who have what a ticket was split from. */
async function assign(tx: Tx, accountId: number, number: number) {
  const { rows } = await sql<{ assignee_id: number }>`
    update tickets
    set assignee_id = chosen.staff_id, staff_version = staff_version + 1
    from topics
    cross join lateral (
      select staff_id
      from staff
      where staff_id = any(topics.assignee_ids) and disabled_at is null
      order by (
        select count(*)
        from tickets as theirs
        where theirs.assignee_id = staff.staff_id and not theirs.is_closed
      ), staff_id
      limit 1
      for share skip locked -- who is being disabled gets nothing any more
    ) as chosen
    where tickets.account_id = ${accountId}
      and tickets.number = ${number}
      and topics.key = tickets.topic_key
      and assignee_id is null
      and is_client_author
      and splitted_from_ticket_number is null
      and not is_closed
    returning assignee_id
  `.execute(tx);
  if (!rows[0]) return;
  const data = { before: { assignee_id: null }, after: rows[0] };
  await record(tx, system, 'ticket.triaged', { account_id: accountId, number, data });
}
