/**
 * Assigns new tickets of clients to the group of their topic. It follows the feed, so that no client waits for it: a
 * ticket has its assignee within a second.
 */
import { assignFromGroups } from '#desk/tickets/assign-from-groups.ts';
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
    await assignFromGroups(
      tx,
      opened.flatMap(({ account_id, ticket_number: number }) =>
        number === null ? [] : { account_id, number },
      ),
    );
  },
});
