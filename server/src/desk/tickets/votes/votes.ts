import type { ClientActor } from '#actor.ts';
import { findComment } from '#desk/tickets/comments/list.ts';
import { refuseToVote } from '#desk/tickets/comments/rules.ts';
import { lockTicket } from '#desk/tickets/find.ts';
import { touched } from '#desk/tickets/move.ts';
import { refuse } from '#desk/tickets/rules.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { conflict, notFound } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import type { NewCommentVote, NewTicketVote, VoteRow } from './schema.ts';

/**
 * Votes on the ticket, once staff have replied and the ticket is resolved or closed. Voting again replaces the vote.
 */
export async function voteOnTicket(
  tx: Tx,
  actor: ClientActor,
  ticket: TicketRow,
  input: NewTicketVote,
): Promise<VoteRow> {
  await refuse(tx, 'vote', ticket);
  const { account_id, number } = ticket;
  const on = { account_id, ticket_number: number, comment_id: null };
  const vote: VoteRow = { score: input.score, ...(await saveVote(tx, actor, on, input)) };
  await sql`
    update tickets
    set vote = ${JSON.stringify(vote)}, ${touched}
    where account_id = ${account_id} and number = ${number}
  `.execute(tx);
  await record(tx, actor, 'ticket.voted', { account_id, number, data: { score: input.score } });
  return vote;
}

export async function voteOnTicketByNumber(tx: Tx, actor: ClientActor, number: number, input: NewTicketVote) {
  return voteOnTicket(tx, actor, await lockTicket(tx, actor, number), input);
}

/** Votes on a comment of staff. Voting again replaces the vote. */
export async function voteOnComment(
  tx: Tx,
  actor: ClientActor,
  id: number,
  input: NewCommentVote,
): Promise<VoteRow> {
  const { account_id, ticket_number } = await lockVotable(tx, actor, id);
  const on = { account_id, ticket_number, comment_id: id };
  const vote: VoteRow = { score: input.score, ...(await saveVote(tx, actor, on, input)) };
  await sql`
    with ticket as (
      update tickets
      set ${touched}
      where account_id = ${account_id} and number = ${ticket_number}
    )
    update comments
    set vote = ${JSON.stringify(vote)}
    where account_id = ${account_id} and id = ${id}
  `.execute(tx);
  await record(tx, actor, 'comment.voted', {
    account_id,
    number: ticket_number,
    comment_id: id,
    data: { score: input.score },
  });
  return vote;
}

/** Deletes the vote on a comment, and with it those that it had replaced: reports count none of them. */
export async function deleteCommentVote(tx: Tx, actor: ClientActor, id: number): Promise<VoteRow> {
  const { account_id, ticket_number, vote } = await lockVotable(tx, actor, id);
  if (!vote) throw notFound('vote');
  await sql`
    with ticket as (
      update tickets
      set ${touched}
      where account_id = ${account_id} and number = ${ticket_number}
    ), history as (
      update votes
      set deleted_at = now()
      where account_id = ${account_id}
        and ticket_number = ${ticket_number}
        and comment_id = ${id}
        and deleted_at is null
    )
    update comments
    set vote = null
    where account_id = ${account_id} and id = ${id}
  `.execute(tx);
  await record(tx, actor, 'comment.voted', {
    account_id,
    number: ticket_number,
    comment_id: id,
    data: { score: null },
  });
  return vote;
}

/** A comment that can be voted on, in its locked ticket. */
async function lockVotable(tx: Tx, actor: ClientActor, id: number) {
  const found = await findComment(tx, actor, id);
  refuseToVote(found);
  const { ticket_number } = found;
  await lockTicket(tx, actor, ticket_number);
  const comment = await findComment(tx, actor, id);
  if (comment.ticket_number !== ticket_number) {
    throw conflict('comment_moved', 'The comment is being moved to another ticket. Try again.');
  }
  return comment;
}

/** A client's comment on closing without a score: in the history of votes, not in the conversation. */
export async function saveFeedback(
  tx: Tx,
  actor: ClientActor,
  { account_id, number }: TicketRow,
  comment: string,
) {
  await saveVote(tx, actor, { account_id, ticket_number: number, comment_id: null }, { comment });
}

async function saveVote(
  tx: Tx,
  actor: ClientActor,
  on: { account_id: number; ticket_number: number; comment_id: number | null },
  { score, comment }: { score?: number; comment?: string },
): Promise<Omit<VoteRow, 'score'>> {
  const result = await sql<Omit<VoteRow, 'score'>>`
    insert into votes (account_id, ticket_number, comment_id, score, comment, token_id)
    values (
      ${on.account_id}, ${on.ticket_number}, ${on.comment_id}, ${score ?? null}, ${comment ?? null}, ${actor.tokenId}
    )
    returning comment, created_at
  `.execute(tx);
  return oneRow(result);
}
