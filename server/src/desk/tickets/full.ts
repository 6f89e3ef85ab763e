/**
 * The maximum size of a ticket. Nobody reads a conversation of this length, and everything that reads a whole ticket
 * (merging, splitting, search words) stays bounded. The counters are in the ticket's row, which every writer locks.
 */
import type { StoredTicket } from './schema.ts';

/** Comments and notes of one ticket. */
export const MAX_COMMENTS = 5000;
/** Bytes of their text in UTF-8: 335 comments of maximum length. */
export const MAX_COMMENT_BYTES = 64 * 1024 * 1024;

export type Size = Pick<StoredTicket, 'comment_count' | 'comment_bytes'>;

export const hasRoomFor = ({ comment_count, comment_bytes }: Size, body: string): boolean =>
  comment_count < MAX_COMMENTS && comment_bytes + Buffer.byteLength(body) <= MAX_COMMENT_BYTES;
