/** Comments and what happened to the ticket, in one order. */
import type { StaffComment, StaffTicketWithComments } from '#api/generated/types.gen.ts';

export type HistoryItem = StaffTicketWithComments['history'][number];

export type TimelineItem =
  | { kind: 'comment'; time: string; comment: StaffComment; before: StaffComment | null }
  | { kind: 'event'; time: string; event: HistoryItem; key: string };

/** What is seen otherwise, or is of no interest to somebody who reads the conversation. */
const LEFT_OUT = new Set([
  ...['ticket.commented', 'ticket.noted', 'ticket.read', 'ticket.staff_read', 'ticket.staff_unread'],
  ...['comment.voted', 'draft.started', 'draft.discarded', 'sla.warned'],
  ...['delayed_reply.scheduled', 'delayed_reply.cancelled'],
]);

/** `isFromStart`: nothing comes before the first comment; otherwise earlier events are left out with them. */
export function timelineOf(
  comments: StaffComment[],
  history: HistoryItem[],
  isFromStart: boolean,
): TimelineItem[] {
  const from = isFromStart ? '' : (comments[0]?.sent_at ?? '');
  const events = history.filter(
    ({ type, created_at, data }) =>
      !LEFT_OUT.has(type) && created_at >= from && !(type === 'ticket.opened' && !data?.from),
  );
  const items: TimelineItem[] = [];
  let next = 0;
  for (const [index, comment] of comments.entries()) {
    for (let event = events[next]; event && event.created_at < comment.sent_at; event = events[++next])
      items.push(eventItem(event, next));
    items.push({
      kind: 'comment',
      time: comment.sent_at,
      comment,
      before: comments[index - 1] ?? null,
    });
  }
  for (; next < events.length; next++) {
    const event = events[next];
    if (event) items.push(eventItem(event, next));
  }
  return items;
}

const eventItem = (event: HistoryItem, index: number): TimelineItem => ({
  kind: 'event',
  time: event.created_at,
  event,
  key: `${event.created_at}.${event.type}.${index}`,
});
