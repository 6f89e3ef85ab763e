/** What the server has, for as long as its thread does not show what it has become. */
import type { OutboxItem } from './outbox.ts';
import { createStore } from './store.ts';

/** In another tab the event that brings it comes a little later than the news that it was sent. */
const SENT_MS = 3000;
const sent = createStore<OutboxItem[]>([]);

export function addSent(item: OutboxItem) {
  sent.set([...sent.get(), item]);
  setTimeout(() => forgetSent(item.id), SENT_MS);
}

export const forgetSent = (id: string) => sent.set(sent.get().filter((item) => item.id !== id));
export const forgetAllSent = () => sent.set([]);
export const getSent = sent.get;
export const useSent = sent.use;
