/** The states that refuse an action, each with the code and the sentence of its refusal. rules.ts says which actions. */
import { type ApiError, conflict } from '#errors.ts';
import { DAY_MS } from '#platform/day.ts';
import type { Db } from '#platform/db/database.ts';
import { MAX_COMMENT_BYTES, MAX_COMMENTS } from './full.ts';
import { findMergeEnd } from './merged.ts';
import type { StoredTicket } from './schema.ts';

export interface Refusal {
  code: string;
  /** `other` is the target of a merge, or the ticket that a split came from. Without it only the ticket is checked. */
  applies(ticket: StoredTicket, other?: StoredTicket): boolean;
  error(db: Db, ticket: StoredTicket, other?: StoredTicket): ApiError | Promise<ApiError>;
}

type Test = Refusal['applies'];
const when = (applies: Test, code: string, sentence: string): Refusal => ({
  code,
  applies,
  error: () => conflict(code, sentence),
});

const isClosed: Test = ({ is_closed }) => is_closed;

export const closed = when(isClosed, 'ticket_closed', 'The ticket is closed. Reopen it first.');
export const closedToComments = when(
  isClosed,
  'ticket_closed',
  'The ticket is closed and takes no comments. Reopen it first.',
);
export const closedToSnooze = when(
  isClosed,
  'ticket_closed',
  'The ticket is closed. Only an open ticket can be snoozed.',
);
export const notClosed = when(
  ({ is_closed }) => !is_closed,
  'ticket_not_closed',
  'The ticket is not closed. Write a comment instead.',
);
export const resolved = when(
  ({ is_resolved }) => is_resolved,
  'ticket_resolved',
  'The ticket is already resolved.',
);
export const notSnoozed = when(
  ({ is_snoozed }) => !is_snoozed,
  'ticket_not_snoozed',
  'The ticket is not snoozed.',
);

/** A check in the database enforces the same for every stored vote. */
export const isVotable = (state: Pick<StoredTicket, 'has_reply' | 'is_resolved' | 'is_closed'>): boolean =>
  state.has_reply && (state.is_resolved || state.is_closed);

const NOT_VOTABLE = 'A ticket can be voted on after support has replied and while it is resolved or closed.';
export const notVotable = when((ticket) => !isVotable(ticket), 'vote_not_allowed', NOT_VOTABLE);
/** For a vote sent together with the close. */
export const notAnswered = when(({ has_reply }) => !has_reply, 'vote_not_allowed', NOT_VOTABLE);

export const ticketFull = (number: number) =>
  conflict(
    'ticket_full',
    `Ticket ${number} has no room: a ticket takes ${MAX_COMMENTS} comments and ${MAX_COMMENT_BYTES / 1024 / 1024} MiB ` +
      'of text. Open a new ticket.',
  );

/** Names the last ticket of the chain of merges: the conversation continues there. */
async function mergedError(db: Db, { account_id, number }: StoredTicket) {
  const ticket_number = await findMergeEnd(db, account_id, number);
  const detail = `Ticket ${number} was merged into ticket ${ticket_number}. Continue there.`;
  return conflict('ticket_merged', detail, { ticket_number });
}
export const mergedIntoItself = () =>
  conflict('merged_into_itself', 'A ticket cannot be merged into itself.');
const isMerged = (ticket: StoredTicket | undefined) => typeof ticket?.merged_into_ticket_number === 'number';

export const merged: Refusal = { code: 'ticket_merged', applies: isMerged, error: mergedError };
export const otherMerged: Refusal = {
  code: 'ticket_merged',
  applies: (_, other) => isMerged(other),
  error: (db, ticket, other = ticket) => mergedError(db, other),
};
/** Otherwise a client who waits for a reply would wait in a closed ticket. */
export const otherClosed: Refusal = {
  code: 'ticket_closed',
  applies: (ticket, other) => other?.is_closed === true && !ticket.is_closed,
  error: (_db, ticket, other = ticket) =>
    conflict(
      'ticket_closed',
      `Ticket ${other.number} is closed and this one is open. Reopen that one or close this one first.`,
    ),
};
/** Otherwise contacts would see comments that are not for them. */
export const otherAccess = when(
  (ticket, other = ticket) => seenBy(ticket) !== seenBy(other),
  'access_levels_differ',
  'Different contacts of the account see the two tickets. Give both the same access level and project first.',
);
const seenBy = ({ access_level, keystone_projects }: StoredTicket) =>
  access_level === 'project_users' ? `project ${keystone_projects[0]}` : 'all';

export const notMerged = when(
  (ticket) => !isMerged(ticket),
  'ticket_not_merged',
  'The ticket is not merged into another one.',
);
export const notSplit = when(
  ({ splitted_from_ticket_number }) => splitted_from_ticket_number === null,
  'ticket_not_split',
  'The ticket was not split off from another one.',
);
const isSplitUndone: Test = ({ is_split_undone }) => is_split_undone;
export const splitUndone = when(isSplitUndone, 'split_undone', 'This split is already undone.');
export const splitBack = when(
  isSplitUndone,
  'split_undone',
  'The split of this ticket was undone. Split the comments off again.',
);
export const splitFurther = when(
  ({ is_split_further }) => is_split_further === true,
  'split_further',
  'The ticket was split itself after that. Undo that split first.',
);
export const originalsMoved = when(
  ({ are_originals_moved }) => are_originals_moved === true,
  'originals_moved',
  'The split-off comments have moved to another ticket since.',
);

const UNDO_DAYS = 7;
const late = (doneAt: (ticket: StoredTicket) => string | null) =>
  when(
    (ticket) => Date.parse(doneAt(ticket) ?? '') <= Date.now() - UNDO_DAYS * DAY_MS,
    'too_late_to_undo',
    `It was done more than ${UNDO_DAYS} days ago and can no longer be undone.`,
  );
export const mergedLongAgo = late(({ merged_at }) => merged_at);
export const splitLongAgo = late(({ created_at }) => created_at);

export const commentSplit = () =>
  conflict('comment_already_split', 'One of these comments was already split off.');
export const notesAlone = () =>
  conflict('nothing_to_split', 'Choose at least one comment that is not an internal note.');
export const nothingLeft = () => conflict('nothing_left', 'At least one comment must stay in the ticket.');
/** No choice of comments could be split off. */
export const notSplittable: Refusal = {
  code: 'nothing_left',
  applies: ({ is_splittable }) => is_splittable !== true,
  error: nothingLeft,
};
export const linked = when(
  ({ is_linked }) => is_linked === true,
  'ticket_linked',
  'The ticket was split or merged. A ticket that is linked to another one cannot be moved.',
);
