/** What the console knows of tickets, in the query cache, and how a response or an event changes it. */
import { queryClient } from '#api/client.ts';
import { findStaffTicketQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import type {
  DelayedReply,
  StaffComment,
  StaffEventBase,
  StaffTicket,
  StaffTicketWithComments,
} from '#api/generated/types.gen.ts';
import { checkLists } from './list/cache.ts';

export const ticketKey = (ticket_number: number) => findStaffTicketQueryKey({ path: { ticket_number } });

export function patchTicket(
  number: number,
  change: (ticket: StaffTicketWithComments) => Partial<StaffTicketWithComments>,
) {
  queryClient.setQueryData<StaffTicketWithComments>(
    ticketKey(number),
    (ticket) => ticket && { ...ticket, ...change(ticket) },
  );
}

/** Adds a comment to its ticket, or brings it up to date there. */
export function addComment(comment: StaffComment) {
  patchTicket(comment.ticket_number, ({ comments }) => {
    const others = comments.filter(({ id }) => id !== comment.id);
    return { comments: [...others, comment].sort((one, other) => one.id - other.id) };
  });
}

export function putDelayedReply(reply: DelayedReply) {
  patchTicket(reply.ticket_number, ({ delayed_replies }) => ({
    delayed_replies: [
      ...delayed_replies.filter(({ delayed_reply_id: id }) => id !== reply.delayed_reply_id),
      reply,
    ],
  }));
}

export function removeDelayedReply(number: number, id: number) {
  patchTicket(number, ({ delayed_replies }) => ({
    delayed_replies: delayed_replies.filter(({ delayed_reply_id }) => delayed_reply_id !== id),
  }));
}

/** Shows a change at once, in the ticket and in the lists. */
export function putTicket(ticket: StaffTicket) {
  patchTicket(ticket.number, () => ticket);
  checkLists([ticket.number]);
}

export function applyEvent({ ticket, comment }: StaffEventBase) {
  if (!ticket) return;
  const { number } = ticket;
  patchTicket(number, () => ticket);
  if (comment) {
    addComment(comment);
    if (!comment.is_client_author) removeSentReply(comment);
  }
  checkLists([number]);
  refreshTicket(number);
}

/** A delayed reply that has become a comment: the comment stands there now. */
function removeSentReply({ ticket_number, body, is_internal }: StaffComment) {
  patchTicket(ticket_number, ({ delayed_replies }) => ({
    delayed_replies: delayed_replies.filter(
      (reply) => reply.body !== body || reply.is_internal !== is_internal,
    ),
  }));
}

const refreshing = new Map<number, ReturnType<typeof setTimeout>>();

/** Reads history, drafts and delayed replies of an open ticket again; the event has shown the rest already. */
function refreshTicket(number: number) {
  if (refreshing.has(number)) return;
  const timer = setTimeout(() => {
    refreshing.delete(number);
    void queryClient.invalidateQueries({ queryKey: ticketKey(number) });
  }, 300);
  refreshing.set(number, timer);
}
