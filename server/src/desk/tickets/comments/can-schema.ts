/** The names of what can be done with a comment. rules.ts says when. */
import Type, { type Static } from '#platform/type.ts';

const redact = Type.Boolean({ description: 'Remove its text and its files for good.' });
const vote = Type.Boolean({ description: 'Vote on it.' });

const WHETHER = 'For each action of the reader’s side on this comment: whether it is possible now.';
export const ClientCommentCan = Type.Object({ redact, vote }, { description: WHETHER });
export const StaffCommentCan = Type.Object({ redact }, { description: WHETHER });

/** The actions of both sides: the response schemas leave out those of the other side. */
export type CommentCan = Static<typeof ClientCommentCan>;
