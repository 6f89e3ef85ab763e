/** The tickets whose tags are being changed; null while the dialog is closed. */
import type { QueueTicket } from '#api/generated/types.gen.ts';
import { createStore } from '#shared/store.ts';

export type Tagged = Pick<QueueTicket, 'number' | 'tags'>;

const tickets = createStore<Tagged[] | null>(null);

export const openTags = (chosen: Tagged[]) => tickets.set(chosen);
export const closeTags = () => tickets.set(null);
export const useTagged = tickets.use;
