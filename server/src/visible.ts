/** What an actor may see of each noun: the condition under every read. What is forbidden is missing. */
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from './actor.ts';

export const visibleTo = {
  tickets: (actor: Actor): RawBuilder<boolean> =>
    actor.kind === 'client' ? sql`tickets.account_id = ${actor.accountId}` : sql`true`,

  comments: (actor: Actor): RawBuilder<boolean> =>
    actor.kind === 'client'
      ? sql`comments.account_id = ${actor.accountId} and not comments.is_internal`
      : sql`true`,

  /** Files of visible comments, and uploads of one's own side that wait for one. */
  files: (actor: Actor): RawBuilder<boolean> =>
    actor.kind === 'client'
      ? sql`files.account_id = ${actor.accountId} and comments.is_internal is not true`
      : sql`(files.comment_id is not null or files.account_id = 0)`,

  events: (actor: Actor): RawBuilder<boolean> =>
    actor.kind === 'client'
      ? sql`events.account_id = ${actor.accountId} and events.is_client_visible`
      : sql`true`,

  /** Saved views are no client's. */
  views: (actor: Actor): RawBuilder<boolean> =>
    actor.kind === 'staff' ? sql`(views.staff_id is null or views.staff_id = ${actor.staffId})` : sql`false`,
};
