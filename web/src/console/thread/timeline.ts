/** Messages and what happened to the ticket, in one order. */
import type { DelayedReply, StaffComment, StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { commentName, delayedName, keyOf } from '#shared/message-keys.ts';
import type { OutboxItem } from '#shared/outbox.ts';
import type { UnderWay } from '#shared/under-way.ts';

export type HistoryItem = StaffTicketWithComments['history'][number];

export type TimelineItem = { time: string; key: string } & (
  | { kind: 'message'; message: OutboxItem | DelayedReply | StaffComment }
  | { kind: 'event'; event: HistoryItem }
);

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
  for (const comment of comments) {
    for (let event = events[next]; event && event.created_at < comment.sent_at; event = events[++next])
      items.push(eventItem(event, next));
    items.push({
      kind: 'message',
      time: comment.sent_at,
      message: comment,
      key: keyOf(commentName(comment.id)),
    });
  }
  for (; next < events.length; next++) {
    const event = events[next];
    if (event) items.push(eventItem(event, next));
  }
  return items;
}

/** What is not sent yet stands below, in the same form: on its way it moves and changes, but it is not drawn anew. */
export function unsentOf(delayed: DelayedReply[], underWay: UnderWay[]): TimelineItem[] {
  const items = new Map<string, TimelineItem>();
  for (const reply of delayed) {
    const key = keyOf(delayedName(reply.delayed_reply_id));
    items.set(key, { kind: 'message', time: reply.created_at, message: reply, key });
  }
  // One that the server has stopped takes the place of its delayed reply.
  for (const { key, item } of underWay)
    items.set(key, { kind: 'message', time: item.created_at, message: item, key });
  return [...items.values()];
}

const eventItem = (event: HistoryItem, index: number): TimelineItem => ({
  kind: 'event',
  time: event.created_at,
  event,
  key: `${event.created_at}.${event.type}.${index}`,
});
