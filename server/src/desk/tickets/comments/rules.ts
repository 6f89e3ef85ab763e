/**
 * Who may do what with a comment. The verbs refuse by these rules, and `can` of a comment comes from them. What the
 * state of its ticket allows is in the rules of tickets.
 */
import { type Actor, type ClientActor, isAdmin, type StaffActor } from '#actor.ts';
import { conflict } from '#errors.ts';
import type { CommentCan } from './can-schema.ts';
import type { CommentRow, ShownComment } from './schema.ts';

type Author = Pick<CommentRow, 'is_client_author' | 'staff_id' | 'user_id'>;

interface Refusal {
  code: string;
  sentence: string;
}

const AUTHOR_MINUTES = 15;

const notTheAuthor: Refusal = {
  code: 'not_the_author',
  sentence: 'Only the author and admins can redact this.',
};
const tooLate: Refusal = {
  code: 'too_late_to_redact',
  sentence: `The author can redact this for ${AUTHOR_MINUTES} minutes only. Ask an admin of support to remove it.`,
};
const redacted: Refusal = { code: 'already_redacted', sentence: 'This text is already removed.' };
const ofClient: Refusal = {
  code: 'vote_not_allowed',
  sentence: 'Only comments of support can be voted on.',
};

/** Throws a 409 when the actor may not redact what the author wrote or uploaded, or no longer. */
export const refuseToRedact = (actor: ClientActor | StaffActor, author: Author, writtenAt: string) =>
  refuse(notRedactable(actor, author, writtenAt));

/** The same for a whole comment. */
export const refuseToRedactComment = (actor: ClientActor | StaffActor, comment: CommentRow) =>
  refuse(notRedactableComment(actor, comment));

export const refuseToVote = (comment: CommentRow) => refuse(notVotable(comment));

/** Adds to a comment what the actor may do with it. */
export const withCommentCan = <T extends CommentRow>(actor: Actor, comment: T): T & ShownComment => ({
  ...comment,
  can: canOf(actor, comment),
});

/** What was written after this may still be redacted by its author. It changes `can` without an event. */
export const redactableSince = () => new Date(Date.now() - AUTHOR_MINUTES * 60_000);

function canOf(actor: Actor, comment: CommentRow): CommentCan {
  if (actor.kind !== 'client' && actor.kind !== 'staff') return { redact: false, vote: false };
  return {
    redact: !notRedactableComment(actor, comment),
    vote: actor.kind === 'client' && !notVotable(comment),
  };
}

/** An admin redacts everything, the author within some minutes. */
function notRedactable(actor: ClientActor | StaffActor, author: Author, writtenAt: string) {
  if (isAdmin(actor)) return undefined;
  if (!isAuthor(actor, author)) return notTheAuthor;
  return new Date(writtenAt) > redactableSince() ? undefined : tooLate;
}

const notRedactableComment = (actor: ClientActor | StaffActor, comment: CommentRow) =>
  notRedactable(actor, comment, comment.sent_at) ?? (comment.redacted_at === null ? undefined : redacted);

const notVotable = ({ is_client_author }: CommentRow) => (is_client_author ? ofClient : undefined);

/**
 * Contacts are distinguished from each other. A token acts for the whole account, so anybody there may redact what it
 * wrote.
 */
function isAuthor(actor: ClientActor | StaffActor, { is_client_author, staff_id, user_id }: Author) {
  if (actor.kind === 'staff') return staff_id === actor.staffId;
  return is_client_author && (user_id === null || actor.userId === undefined || user_id === actor.userId);
}

function refuse(refusal: Refusal | undefined) {
  if (refusal) throw conflict(refusal.code, refusal.sentence);
}
