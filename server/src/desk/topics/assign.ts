/**
 * Assigns new tickets of clients to the group of their topic. It follows the feed, so that no client waits for it: a
 * ticket has its assignee within a second.
 */
import { sql } from 'kysely';
import { system } from '#actor.ts';
import type { Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { feedFollower } from '#platform/events/feed-follower.ts';
import { ASSIGNMENT, hasGroups } from './topics.ts';

/** Assigns the tickets of the next events unless another process does. Returns whether more are left. */
export const assignByTopic = feedFollower({
  name: ASSIGNMENT,
  types: ['ticket.opened'],
  startsAt: 'beginning',
  batchSize: 200,
  isIdle: async (db) => !(await hasGroups(db)),
  async apply(tx, opened) {
    for (const { account_id, ticket_number } of opened) {
      if (ticket_number !== null) await assign(tx, account_id, ticket_number);
    }
  },
});

/** A manual assignment is kept, and so is the one that a split has copied. */
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
