import { sql } from 'kysely';
import type { StaffActor } from '#actor.ts';
import { conflict } from '#errors.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { refuseOtherAccess } from './access.ts';
import { reindexSummary } from './change-summary.ts';
import { findTicket, lockAccountAndTickets } from './find.ts';
import { mergeInto, refuseClosedWhole } from './merge-into.ts';
import { refuseMerged } from './merged.ts';
import type { TicketRow } from './schema.ts';
import { refuseLate } from './time-limits.ts';

/** What was split off goes back, with what has come to it since. Returns the ticket that the split had made, closed. */
export async function unsplitTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const { splitted_from_ticket_number: source } = await findTicket(tx, actor, number);
  if (source === null) throw conflict('ticket_not_split', 'The ticket was not split off from another one.');
  const [part, whole] = await lockAccountAndTickets(tx, actor, number, source);
  await refuseUndone(tx, part);
  await refuseMerged(tx, part);
  await refuseMerged(tx, whole);
  refuseLate(part.created_at);
  const { hasGrown } = await refuseGoneOn(tx, part, whole);
  refuseClosedWhole(part, whole);
  refuseOtherAccess(part, whole);
  await refund(tx, part, whole);
  const waitingSince = hasGrown ? part.waiting_since : null;
  const undone = await mergeInto(tx, actor, {
    part,
    whole,
    waitingSince,
    event: 'ticket.unsplit',
    undo: null,
  });
  await reindexSummary(tx, whole);
  return undone;
}

async function refuseUndone(db: Db, { account_id, number, merged_into_ticket_number }: TicketRow) {
  if (merged_into_ticket_number === null) return;
  const { rows } = await sql`
    select
    from tickets
    where account_id = ${account_id} and number = ${number} and before_merge is null
  `.execute(db);
  if (rows.length > 0) throw conflict('split_undone', 'This split is already undone.');
}

/** The comments that the split itself has put into the ticket. */
const copiesIn = ({ account_id, number }: TicketRow) => sql`
  select *
  from comments
  where account_id = ${account_id}
    and ticket_number = ${number}
    and copied_from_id is not null
    and merged_from_ticket_number is null
`;

/** Returns whether something was written on the part since. */
async function refuseGoneOn(db: Db, part: TicketRow, whole: TicketRow) {
  const result = await sql<{ is_split: boolean; is_elsewhere: boolean; has_grown: boolean }>`
    select
      (
        select count(*) > (select count(*) from (${copiesIn(part)}) as copies)
        from comments
        where account_id = ${part.account_id} and ticket_number = ${part.number}
      ) as has_grown,
      exists (
        select from comments
        where account_id = ${part.account_id} and ticket_number = ${part.number} and splitted_at is not null
      ) as is_split,
      exists (
        select from (${copiesIn(part)}) as copy
        join comments as original
          on original.account_id = copy.account_id
          and original.id = copy.copied_from_id
        where original.ticket_number <> ${whole.number}
      ) as is_elsewhere
  `.execute(db);
  const { is_split, is_elsewhere, has_grown: hasGrown } = oneRow(result);
  if (is_split) {
    throw conflict('split_further', 'The ticket was split itself after that. Undo that split first.');
  }
  if (is_elsewhere) {
    throw conflict('originals_moved', 'The split-off comments have moved to another ticket since.');
  }
  return { hasGrown };
}

/**
 * The originals are what they were, read where the copy was read, with the later vote of the two; the votes of the
 * copies become theirs. The copies say where to look.
 */
async function refund(tx: Tx, part: TicketRow, whole: TicketRow) {
  await sql`
    with copies as (${copiesIn(part)}),
    originals as (
      update comments
      set splitted_at = null,
          splitted_to_ticket_number = null,
          is_client_read = comments.is_client_read or copies.is_client_read,
          vote = case
            when copies.vote ->> 'created_at' > coalesce(comments.vote ->> 'created_at', '') then copies.vote
            else comments.vote
          end
      from copies
      where comments.account_id = copies.account_id and comments.id = copies.copied_from_id
    ), given as (
      update votes
      set ticket_number = ${whole.number}, comment_id = copies.copied_from_id
      from copies
      where votes.account_id = copies.account_id and votes.comment_id = copies.id
    )
    update comments
    set splitted_at = now(), splitted_to_ticket_number = ${whole.number}, is_client_read = true
    from copies
    where comments.account_id = copies.account_id and comments.id = copies.id
  `.execute(tx);
}
