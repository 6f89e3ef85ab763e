/** What the console knows of tickets, in the query cache, and how a response or an event changes it. */
import { replaceEqualDeep } from '@tanstack/react-query';
import { queryClient } from '#api/client.ts';
import { findStaffTicketOptions, findStaffTicketQueryKey } from '#api/generated/@tanstack/react-query.gen.ts';
import { listStaffComments } from '#api/generated/sdk.gen.ts';
import type {
  DelayedReply,
  StaffComment,
  StaffEventBase,
  StaffTicket,
  StaffTicketWithComments,
} from '#api/generated/types.gen.ts';
import { delayedName, keyOf } from '#shared/message-keys.ts';
import { forgetSent } from '#shared/outbox-sent.ts';
import { followMessages } from './follow-messages.ts';
import { checkLists } from './list/cache.ts';

export const ticketKey = (ticket_number: number) => findStaffTicketQueryKey({ path: { ticket_number } });

/**
 * The query of a ticket, for everybody who uses it: the last one decides. What has been read of its earlier comments
 * stays when it is read again, and messages keep their keys.
 */
export const ticketOptions = (ticket_number: number) => ({
  ...findStaffTicketOptions({ path: { ticket_number } }),
  // Both are what this query returns; the type of the option does not say so.
  structuralSharing: (before: unknown, after: unknown) =>
    replaceEqualDeep(
      before,
      takeIn(before as StaffTicketWithComments | undefined, after as StaffTicketWithComments),
    ),
});

function takeIn(before: StaffTicketWithComments | undefined, after: StaffTicketWithComments) {
  const ticket = keepEarlier(before, after);
  return before ? followMessages(before, ticket) : ticket;
}

/** The server sends the newest 100 comments; those before them are kept where nothing is missing between. */
export function keepEarlier(
  before: Pick<StaffTicketWithComments, 'comments' | 'has_earlier_comments'> | undefined,
  after: StaffTicketWithComments,
): StaffTicketWithComments {
  const first = after.comments[0];
  if (!before || !first || !after.has_earlier_comments) return after;
  const earlier = before.comments.filter(({ id }) => id < first.id);
  const isUnbroken = before.comments.some(({ id }) => id === first.id);
  if (earlier.length === 0 || !isUnbroken) return after;
  return {
    ...after,
    comments: [...earlier, ...after.comments],
    has_earlier_comments: before.has_earlier_comments,
  };
}

const EARLIER = 100;

const reading = new Map<number, Promise<void>>();

/** Reads the comments before those that are known; once, however many ask for it. */
export function readEarlier(ticket: StaffTicketWithComments): Promise<void> {
  const { number } = ticket;
  const known = reading.get(number);
  if (known) return known;
  const started = readBefore(ticket).finally(() => reading.delete(number));
  reading.set(number, started);
  return started;
}

async function readBefore({ number, comments }: StaffTicketWithComments) {
  const { items, has_more } = await listStaffComments({
    path: { ticket_number: number },
    query: { before: comments[0]?.id, sort: '-id', limit: EARLIER },
  });
  patchTicket(number, (ticket) => ({
    comments: [...items.toReversed(), ...ticket.comments.filter(({ id }) => id > (items[0]?.id ?? 0))],
    has_earlier_comments: has_more,
  }));
}

export function patchTicket(
  number: number,
  change: (ticket: StaffTicketWithComments) => Partial<StaffTicketWithComments>,
) {
  queryClient.setQueryData<StaffTicketWithComments>(
    ticketKey(number),
    (ticket) => ticket && { ...ticket, ...change(ticket) },
  );
  // What is being read may be older than this.
  const queryKey = ticketKey(number);
  if (queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching')
    void queryClient.invalidateQueries({ queryKey });
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
  forgetSent(keyOf(delayedName(id)));
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
  if (comment) addComment(comment);
  checkLists([number]);
  readAgain(number);
}

const refreshing = new Map<number, ReturnType<typeof setTimeout>>();

/** Reads history, drafts and delayed replies of an open ticket again; the event has shown the rest already. */
export function readAgain(number: number) {
  if (refreshing.has(number)) return;
  const timer = setTimeout(() => {
    refreshing.delete(number);
    void queryClient.invalidateQueries({ queryKey: ticketKey(number) });
  }, 300);
  refreshing.set(number, timer);
}
