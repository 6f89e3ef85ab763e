/** What each side may do with a ticket, by name. rules.ts says when. */
import Type, { type Static } from 'typebox';

const may = (description: string) => Type.Boolean({ description });

const clientActions = {
  close: may('Close it.'),
  close_with_vote: may('Close it with a `score`.'),
  reopen: may('Reopen it with a comment.'),
  comment: may('Comment on it, as far as the text fits: the ticket may be nearly full.'),
  vote: may('Vote on it.'),
};

const staffActions = {
  close: may('Close it.'),
  reopen: may('Reopen it.'),
  resolve: may('Resolve it.'),
  comment: may('Reply to the client, at once or delayed, as far as the text fits.'),
  note: may('Leave a note, as far as the text fits.'),
  split: may('Split some of its comments off.'),
  unsplit: may('Undo the split that made it.'),
  merge: may('Merge it into another ticket.'),
  unmerge: may('Undo its merge into another ticket.'),
  snooze: may('Snooze it.'),
  unsnooze: may('Bring it back to the queue.'),
  move: may('Move it to another account: only an admin may.'),
};

const STATE = 'What its state allows the caller’s side.';
export const ClientCan = Type.Object(clientActions, { description: STATE });
export const StaffCan = Type.Object(staffActions, { description: STATE });

/** All of them: the response schemas leave out what is not the reader's. */
export type Can = Static<typeof ClientCan> & Static<typeof StaffCan>;
export type Action = keyof Can;
