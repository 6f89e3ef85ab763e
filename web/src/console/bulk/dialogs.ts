/** What is asked before an action on many tickets, and what is said after it. */
import type { CannedResponse, QueueTicket } from '#api/generated/types.gen.ts';
import { createStore } from '#shared/store.ts';

export interface Refused {
  number: number;
  /** Empty where the row is not known. */
  summary: string;
  why: string;
}

export type BulkDialog =
  | { kind: 'reply'; tickets: QueueTicket[]; response: CannedResponse }
  | { kind: 'refused'; title: string; refused: Refused[] };

const dialog = createStore<BulkDialog | null>(null);

export const openBulkDialog = (opened: BulkDialog) => dialog.set(opened);
export const closeBulkDialog = () => dialog.set(null);
export const useBulkDialog = dialog.use;
