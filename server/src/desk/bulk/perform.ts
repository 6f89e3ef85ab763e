/** Applies a bulk request to one ticket: the change, then the reply, then the action. */
import type { StaffActor } from '#actor.ts';
import { useCannedResponse } from '#desk/canned-responses/canned-responses.ts';
import { delayReply } from '#desk/delayed-replies/schedule.ts';
import { changeTicketAsStaff, tagsOf } from '#desk/tickets/change.ts';
import { closeTicketAsStaff, resolveTicket } from '#desk/tickets/close.ts';
import { addStaffComment } from '#desk/tickets/comments/add.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { markStaffRead } from '#desk/tickets/mark-staff-read.ts';
import { mergeOneOfMany } from '#desk/tickets/merge.ts';
import { MAX_TAGS } from '#desk/tickets/merge-fields.ts';
import type { TicketRow } from '#desk/tickets/schema.ts';
import { snoozeTicket } from '#desk/tickets/snooze.ts';
import { conflict } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Bulk, BulkChange, BulkReply } from './schema.ts';

/** The reply, for the undo: it was sent, or waits until `send_at`. */
export interface SentReply {
  comment_id?: number;
  delayed_reply_id?: number;
  send_at?: string;
}

interface Performed {
  after: TicketRow;
  reply: SentReply | undefined;
}

/** The caller has locked the ticket, and rolls back what a refusal leaves half done. */
export async function perform(
  tx: Tx,
  actor: StaffActor,
  before: TicketRow,
  { change, reply, ...action }: Bulk,
): Promise<Performed> {
  const { number } = before;
  let after = before;
  if (change) after = await changeTicketAsStaff(tx, actor, number, fieldsOf(before, change));
  const sent = reply && (await send(tx, actor, number, reply));
  if (sent) after = await findTicket(tx, actor, number);
  return { after: (await act(tx, actor, number, action)) ?? after, reply: sent };
}

/** The changed fields, with the resulting tags. */
export function fieldsOf({ tags }: TicketRow, { add_tags, remove_tags, ...fields }: BulkChange) {
  if (!add_tags && !remove_tags) return fields;
  return { ...fields, tags: newTags(tags, { add_tags, remove_tags }) };
}

function newTags(tags: string[], { add_tags = [], remove_tags = [] }: BulkChange): string[] {
  const removed = tagsOf(remove_tags);
  const all = tagsOf([...tags.filter((tag) => !removed.includes(tag)), ...add_tags]);
  if (all.length > MAX_TAGS) throw conflict('too_many_tags', `A ticket has at most ${MAX_TAGS} tags.`);
  return all;
}

/** Drafts are left alone: they are other texts. */
async function send(tx: Tx, actor: StaffActor, number: number, reply: BulkReply): Promise<SentReply> {
  const { canned_response_id: cannedId, body = '', status_key, delay_seconds } = reply;
  const text = cannedId ? (await useCannedResponse(tx, actor, cannedId, number)).body : body;
  const input = { body: text, status_key };
  if (delay_seconds === 0) return { comment_id: (await addStaffComment(tx, actor, number, input)).id };
  const { delayed_reply_id, send_at } = await delayReply(tx, actor, number, { ...input, delay_seconds });
  return { delayed_reply_id, send_at };
}

async function act(
  tx: Tx,
  actor: StaffActor,
  number: number,
  { action, reason, into, snooze }: Action,
): Promise<TicketRow | undefined> {
  switch (action) {
    case 'resolve':
      return resolveTicket(tx, actor, number);
    case 'close':
      return closeTicketAsStaff(tx, actor, number, reason);
    case 'read':
    case 'unread':
      return markStaffRead(tx, actor, number, action === 'read');
    case 'merge':
      return into === undefined ? undefined : mergeOneOfMany(tx, actor, number, { into });
    case 'snooze':
      return snooze && snoozeTicket(tx, actor, number, snooze);
    default:
      return undefined;
  }
}

type Action = Pick<Bulk, 'action' | 'reason' | 'into' | 'snooze'>;
