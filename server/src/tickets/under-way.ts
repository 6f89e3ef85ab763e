import { sql } from 'kysely';
import type { StaffActor } from '../actor.ts';
import type { Db } from '../db/database.ts';
import { onlyRow } from '../db/only-row.ts';
import { draftsOn } from '../drafts/drafts.ts';
import type { Draft } from '../drafts/schema.ts';
import { heldAnswersOn } from '../held-answers/hold.ts';
import type { HeldAnswer } from '../held-answers/schema.ts';
import { presenceOn } from '../presence/presence.ts';
import type { Presence } from '../presence/schema.ts';
import type { TicketRow } from './schema.ts';

interface UnderWay {
  drafts: Draft[];
  held_answers: HeldAnswer[];
  presence: Presence[];
}

/** What staff are about to do on a ticket. */
export async function findUnderWay(db: Db, actor: StaffActor, ticket: TicketRow): Promise<UnderWay> {
  const result = await sql<UnderWay>`
    select
      (${draftsOn(actor, ticket)}) as drafts,
      (${heldAnswersOn(actor, ticket)}) as held_answers,
      (${presenceOn(actor, ticket)}) as presence
  `.execute(db);
  return onlyRow(result);
}
