/** What was sent to a ticket and does not stand in its thread under another name yet. */
import { useEffect } from 'react';
import { keyOf } from './message-keys.ts';
import { getOutbox, type OutboxItem, useOutbox } from './outbox.ts';
import { forgetSent, getSent, useSent } from './outbox-sent.ts';

export interface UnderWay {
  key: string;
  item: OutboxItem;
}

/** What was sent and may not be in a thread yet. */
export const getUnderWay = () => [...getSent(), ...getOutbox()];

/** `comments` and `delayed` are the names of what the thread has. */
export function useUnderWay(ticket_number: number, comments: string[], delayed: string[] = []): UnderWay[] {
  const isHere = (item: OutboxItem) => item.ticket_number === ticket_number;
  const [sent, waiting] = [useSent().filter(isHere), useOutbox().filter(isHere)];
  const isAny = sent.length + waiting.length > 0;
  const commented = new Set(isAny ? comments.map(keyOf) : []);
  const there = new Set([...commented, ...(isAny ? delayed.map(keyOf) : [])]);
  const arrived = sent.filter(({ id }) => there.has(keyOf(id)));
  useEffect(() => {
    for (const { id } of arrived) forgetSent(id);
  });

  const rows = new Map<string, OutboxItem>();
  for (const item of [...sent, ...waiting]) {
    const key = keyOf(item.id);
    // Its author has to see it, whatever comment has the same words.
    if (item.state === 'refused') rows.set(commented.has(key) ? `${key}.refused` : key, item);
    else if (!there.has(key)) rows.set(key, item);
  }
  return [...rows].map(([key, item]) => ({ key, item }));
}
