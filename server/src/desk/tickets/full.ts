/**
 * How much a ticket takes. Nobody reads a conversation of this length, and whatever walks a whole ticket (merging,
 * splitting, its search words) stays bounded. The counters stand in the ticket's row, which every writer locks.
 */
import type { StoredTicket } from './schema.ts';

/** Comments and notes that stand in one ticket. */
export const MAX_COMMENTS = 5000;
/** Bytes of their text in UTF-8: 335 of the largest comments. */
export const MAX_COMMENT_BYTES = 64 * 1024 * 1024;

export type Size = Pick<StoredTicket, 'comment_count' | 'comment_bytes'>;

export const hasRoomFor = ({ comment_count, comment_bytes }: Size, body: string): boolean =>
  comment_count < MAX_COMMENTS && comment_bytes + Buffer.byteLength(body) <= MAX_COMMENT_BYTES;
