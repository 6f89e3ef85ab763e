/** What a client does with a ticket, besides writing: shown at once where it can be taken back, and undone if it fails. */
import { once, queryClient } from '#api/client.ts';
import {
  changeTicket,
  closeTicket,
  deleteCommentVote,
  markTicketRead,
  redactComment,
  voteOnComment,
  voteOnTicket,
} from '#api/generated/sdk.gen.ts';
import type { ChangeTicketData, Comment, Ticket } from '#api/generated/types.gen.ts';
import { addComment, putTicket, ticketKey } from '../cache.ts';

/** `score` null takes the vote back. */
export async function rateComment(
  number: number,
  comment: Comment,
  score: 1 | -1 | null,
  words?: string,
): Promise<void> {
  const path = { comment_id: comment.id };
  const vote = score && { score, comment: words ?? null, created_at: new Date().toISOString() };
  addComment(number, { ...comment, vote: vote || null });
  try {
    if (score)
      await voteOnComment({ path, body: { score, ...(words && { comment: words }) }, headers: once() });
    else await deleteCommentVote({ path });
  } catch (error) {
    addComment(number, comment);
    throw error;
  }
}

export interface Rating {
  score?: number;
  comment?: string;
}

export async function close(number: number, rating: Rating = {}) {
  putTicket(await closeTicket({ path: { ticket_number: number }, body: rating, headers: once() }));
}

export async function rateTicket(ticket: Ticket, score: number, comment?: string) {
  const path = { ticket_number: ticket.number };
  putVote(ticket, { score, comment: comment ?? null, created_at: new Date().toISOString() });
  try {
    putVote(
      ticket,
      await voteOnTicket({ path, body: { score, ...(comment && { comment }) }, headers: once() }),
    );
  } catch (error) {
    putVote(ticket, ticket.vote);
    throw error;
  }
}

const putVote = (ticket: Ticket, vote: Ticket['vote']) =>
  putTicket({ ...(queryClient.getQueryData<Ticket>(ticketKey(ticket.number)) ?? ticket), vote });

export async function redact(number: number, { id }: Comment) {
  addComment(number, await redactComment({ path: { comment_id: id }, headers: once() }));
}

export async function change(number: number, body: NonNullable<ChangeTicketData['body']>) {
  putTicket(await changeTicket({ path: { ticket_number: number }, body }));
}

export async function markRead(number: number) {
  putTicket(await markTicketRead({ path: { ticket_number: number }, headers: once() }));
}
