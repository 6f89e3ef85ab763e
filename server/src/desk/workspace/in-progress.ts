import type { StaffActor } from '#actor.ts';
import { delayedRepliesOn } from '#desk/delayed-replies/schedule.ts';
import type { DelayedReply } from '#desk/delayed-replies/schema.ts';
import { draftsOn } from '#desk/drafts/drafts.ts';
import type { Draft } from '#desk/drafts/schema.ts';
import { presenceOn } from '#desk/presence/presence.ts';
import type { Presence } from '#desk/presence/schema.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import type { Db } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';

interface InProgress {
  drafts: Draft[];
  delayed_replies: DelayedReply[];
  presence: Presence[];
}

/** The drafts, delayed replies and presence of staff on a ticket. */
export async function findInProgress(db: Db, actor: StaffActor, ticket: TicketRow): Promise<InProgress> {
  const result = await sql<InProgress>`
    select
      (${draftsOn(actor, ticket)}) as drafts,
      (${delayedRepliesOn(actor, ticket)}) as delayed_replies,
      (${presenceOn(actor, ticket)}) as presence
  `.execute(db);
  return oneRow(result);
}
