/** Each step of a conversation is one verb of the product. */
import type { ClientActor, StaffActor } from '#actor.ts';
import { useCannedResponse } from '#desk/canned-responses/canned-responses.ts';
import { saveDraft } from '#desk/drafts/drafts.ts';
import { changeTicketAsStaff } from '#desk/tickets/change.ts';
import { closeTicket, closeTicketAsStaff, reopenTicket, resolveTicket } from '#desk/tickets/close.ts';
import { addComment, addStaffComment } from '#desk/tickets/comments/add.ts';
import { markRead } from '#desk/tickets/comments/mark-read.ts';
import { mergeTicket } from '#desk/tickets/merge.ts';
import { snoozeTicket } from '#desk/tickets/snooze.ts';
import { splitTicket } from '#desk/tickets/split.ts';
import { voteOnComment, voteOnTicketByNumber } from '#desk/tickets/votes/votes.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import type { Stage } from './make.ts';
import { named } from './read.ts';
import type { Step } from './schema.ts';

/** A step in the ticket with this number, with its uploads. */
interface Turn extends Omit<Step, 'files'> {
  /** Of the conversation. */
  name: string;
  number: number;
  files?: string[];
}

/** The name of what is split from this conversation. */
export const childOf = (name: string) => `${name}, child`;

export async function actAsClient({ tx }: Stage, actor: ClientActor, turn: Turn): Promise<unknown> {
  const { number, files, comment, reopen, close, vote, vote_on_reply } = turn;
  if (comment) return addComment(tx, actor, number, { body: comment, files });
  if (reopen) return reopenTicket(tx, actor, number, { body: reopen, files });
  if (close) return closeTicket(tx, actor, number, close);
  if (vote) return voteOnTicketByNumber(tx, actor, number, vote);
  if (!vote_on_reply) return markRead(tx, actor, number);
  const reply = (await listComments(tx, number)).findLast(({ is_reply }) => is_reply);
  return voteOnComment(tx, actor, reply?.id ?? 0, vote_on_reply);
}

/** Support writes. */
export async function actAsStaff(stage: Stage, actor: StaffActor, turn: Turn): Promise<unknown> {
  const { tx, staff, canned, numbers } = stage;
  const { number, files, reply, canned: shortcut, note, draft, mentions, status: status_key } = turn;
  const body = shortcut
    ? (await useCannedResponse(tx, actor, named(canned, shortcut), number)).body
    : reply?.replace('{split}', () => String(named(numbers, childOf(turn.name))));
  if (body) return addStaffComment(tx, actor, number, { body, status_key, files });
  if (note) {
    const ids = mentions?.map((name) => named(staff, name).staffId);
    return addStaffComment(tx, actor, number, { body: note, internal: true, mentions: ids });
  }
  if (draft) return saveDraft(tx, actor, number, { body: draft });
  return move(stage, actor, turn);
}

/** Support does something with the ticket. */
async function move({ tx, staff, clock, numbers }: Stage, actor: StaffActor, turn: Turn): Promise<unknown> {
  const { number, triage, resolve, close_as_staff, split, merge_into, snooze } = turn;
  if (triage) {
    const { assignee, ...change } = triage;
    const assigned = assignee ? { assignee_id: named(staff, assignee).staffId } : {};
    return changeTicketAsStaff(tx, actor, number, { ...change, ...assigned });
  }
  if (resolve) return resolveTicket(tx, actor, number);
  if (close_as_staff) return closeTicketAsStaff(tx, actor, number, close_as_staff);
  if (merge_into) return mergeTicket(tx, actor, number, { into: named(numbers, merge_into) });
  if (snooze) return snoozeTicket(tx, actor, number, { until: clock.in(snooze) });
  if (!split) throw new Error('nothing is done');
  const comments = await listComments(tx, number);
  const comment_ids = split.comments.map((index) => comments[index]?.id ?? 0);
  const child = await splitTicket(tx, actor, number, { comment_ids, summary: split.summary });
  numbers.set(childOf(turn.name), child.number);
}

async function listComments(tx: Tx, number: number) {
  const { rows } = await sql<{ id: number; is_reply: boolean }>`
    select id, not is_client_author and not is_internal as is_reply
    from comments
    where ticket_number = ${number}
    order by id
  `.execute(tx);
  return rows;
}
