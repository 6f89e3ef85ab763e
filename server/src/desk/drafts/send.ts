import type { StaffActor } from '#actor.ts';
import { addStaffComment } from '#desk/tickets/comments/add.ts';
import type { NewStaffComment, ShownComment } from '#desk/tickets/comments/schema.ts';
import type { ExpectedVersion } from '#desk/tickets/find.ts';
import type { Tx } from '#platform/db/database.ts';
import { removeSentDraft } from './drafts.ts';

/** Writes the reply or note, and removes the actor's draft of that kind. */
export async function sendComment(
  tx: Tx,
  actor: StaffActor,
  number: number,
  input: NewStaffComment,
  expected?: ExpectedVersion,
): Promise<ShownComment> {
  const comment = await addStaffComment(tx, actor, number, input, expected);
  await removeSentDraft(tx, actor, comment);
  return comment;
}
