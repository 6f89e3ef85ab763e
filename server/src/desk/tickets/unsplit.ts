import type { StaffActor } from '#actor.ts';
import { forgetTicket, indexTicket } from '#desk/search/texts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { sql } from '#platform/sql.ts';
import { findTicket, lockAccountAndTickets } from './find.ts';
import { mergeInto } from './merge-into.ts';
import { listFitting } from './merge-size.ts';
import { notSplit, ticketFull } from './refusals.ts';
import { refuse } from './rules.ts';
import type { TicketRow } from './schema.ts';

/** Moves split-off comments back, with what was added since. Returns the ticket that the split had made, closed. */
export async function unsplitTicket(tx: Tx, actor: StaffActor, number: number): Promise<TicketRow> {
  const found = await findTicket(tx, actor, number);
  const { splitted_from_ticket_number: source } = found;
  if (source === null) throw await notSplit.error(tx, found);
  const [child, parent] = await lockAccountAndTickets(tx, actor, number, source);
  await refuse(tx, 'unsplit', child, parent);
  const waitingSince = (await hasGrown(tx, child)) ? child.waiting_since : null;
  await restoreOriginals(tx, child, parent);
  if ((await listFitting(tx, [child], parent)).length === 0) throw ticketFull(source);
  const sources = [{ ticket: child, waitingSince, undo: null }];
  await mergeInto(tx, actor, { sources, target: parent, event: 'ticket.unsplit' });
  await forgetTicket(tx, child.account_id, number);
  await indexTicket(tx, child.account_id, number); // by its number only
  return findTicket(tx, actor, number);
}

/** The comments that the split itself has copied into the ticket. */
const copiesIn = ({ account_id, number }: TicketRow) => sql`
  select *
  from comments
  where account_id = ${account_id}
    and ticket_number = ${number}
    and copied_from_id is not null
    and merged_from_ticket_number is null
`;

/** Whether something was written on the split-off ticket since. */
async function hasGrown(db: Db, child: TicketRow): Promise<boolean> {
  const result = await sql<{ has_grown: boolean }>`
    select count(*) > (select count(*) from (${copiesIn(child)}) as copies) as has_grown
    from comments
    where account_id = ${child.account_id} and ticket_number = ${child.number}
  `.execute(db);
  return oneRow(result).has_grown;
}

/**
 * Restores the originals: read if the copy was read, with the later vote of the two, and with the votes of the copies.
 * A vote from before the split is deleted if it was deleted on either. The copies refer to the originals.
 */
async function restoreOriginals(tx: Tx, child: TicketRow, parent: TicketRow) {
  await sql`
    with copies as (${copiesIn(child)}),
    originals as (
      update comments
      set splitted_at = null,
          splitted_to_ticket_number = null,
          is_client_read = comments.is_client_read or copies.is_client_read,
          vote = case
            when ${isCopiedVoteDeleted} then null
            when copies.vote ->> 'created_at' > coalesce(comments.vote ->> 'created_at', '') then copies.vote
            else comments.vote
          end
      from copies
      where comments.account_id = copies.account_id and comments.id = copies.copied_from_id
    ), given as (
      update votes
      set ticket_number = ${parent.number}, comment_id = copies.copied_from_id
      from copies
      where votes.account_id = copies.account_id and votes.comment_id = copies.id
    ), deleted as (
      update votes
      set deleted_at = now()
      from copies
      join comments on comments.account_id = copies.account_id and comments.id = copies.copied_from_id
      where votes.account_id = comments.account_id
        and votes.comment_id = comments.id
        and votes.deleted_at is null
        and ${isCopiedVoteDeleted}
    )
    update comments
    set splitted_at = now(), splitted_to_ticket_number = ${parent.number}, is_client_read = true
    from copies
    where comments.account_id = copies.account_id and comments.id = copies.id
  `.execute(tx);
}

/** Original and copy had the same vote after the split. Now one of them has none, and the other no later one. */
const isCopiedVoteDeleted = sql.raw(`
  num_nulls(comments.vote, copies.vote) = 1
  and (coalesce(comments.vote, copies.vote) ->> 'created_at')::timestamptz <= comments.splitted_at
`);
