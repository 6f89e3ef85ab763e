/** The names of the actions of each side. rules.ts says when they are possible. */
import Type, { type Static } from '#platform/type.ts';

const may = (description: string) => Type.Boolean({ description });

const clientActions = {
  close: may('Close it.'),
  close_with_vote: may('Close it with a `score`.'),
  reopen: may('Reopen it with a comment.'),
  comment: may('Comment on it. A text that is too long for a nearly full ticket is still refused.'),
  vote: may('Vote on it.'),
};

const staffActions = {
  close: may('Close it.'),
  reopen: may('Reopen it.'),
  resolve: may('Resolve it.'),
  comment: may(
    'Reply to the client, at once or delayed. A text that is too long for a nearly full ticket is still refused.',
  ),
  note: may('Write an internal note. A text that is too long for a nearly full ticket is still refused.'),
  split: may('Split comments off into a new ticket.'),
  unsplit: may('Undo the split that created it.'),
  merge: may('Merge it into another ticket.'),
  unmerge: may('Undo its merge into another ticket.'),
  snooze: may('Snooze it.'),
  unsnooze: may('End its snooze.'),
  move: may('Move it to another account. Only for admins.'),
};

const STATE = 'For each action of the reader: whether the state of the ticket allows it.';
export const ClientCan = Type.Object(clientActions, { description: STATE });
export const StaffCan = Type.Object(staffActions, { description: STATE });

/** These depend on comments and linked tickets: looking at those of a whole page would cost a third of its time. */
const { split, unsplit, move, ...actionsByRow } = staffActions;
export const QueueCan = Type.Object(actionsByRow, {
  description: `${STATE} \`split\`, \`unsplit\` and \`move\` are only in the ticket itself.`,
});

/** The actions of both sides: the response schemas leave out those of the other side. */
export type Can = Static<typeof ClientCan> & Static<typeof StaffCan>;
export type Action = keyof Can;
