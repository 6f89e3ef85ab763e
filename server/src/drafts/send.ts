import type { StaffActor } from '../actor.ts';
import { addStaffComment } from '../comments/add.ts';
import type { CommentRow, NewStaffComment } from '../comments/schema.ts';
import type { Tx } from '../db/database.ts';
import type { ExpectedVersion } from '../tickets/find.ts';
import { removeSentDraft } from './drafts.ts';

/** Writes the answer or note, and removes the actor's draft of that kind. */
export async function sendComment(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expected?: ExpectedVersion,
): Promise<CommentRow> {
  const comment = await addStaffComment(tx, actor, number, input, expected);
  await removeSentDraft(tx, actor, comment);
  return comment;
}
