import { Int32, Nullable, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';

const VoteText = Text(50_000, 'A comment on the vote.');

export const Vote = Type.Object(
  { score: Type.Integer(), comment: Nullable(Type.String()), created_at: Timestamp },
  { $id: 'Vote', description: 'The last vote of the client.' },
);

const TicketScore = Int32(1, 10);

export const NewTicketVote = Type.Object(
  { score: TicketScore, comment: Type.Optional(VoteText) },
  { additionalProperties: false },
);
export type NewTicketVote = Type.Static<typeof NewTicketVote>;

/** The body of Close. A comment without a score is saved as feedback. */
export const ClosingVote = Type.Object(
  { score: Type.Optional(TicketScore), comment: Type.Optional(VoteText) },
  { additionalProperties: false },
);
export type ClosingVote = Type.Static<typeof ClosingVote>;

export const NewCommentVote = Type.Object(
  {
    score: Type.Unsafe<1 | -1>({ type: 'integer', format: 'int32', enum: [1, -1] }),
    comment: Type.Optional(VoteText),
  },
  { additionalProperties: false },
);
export type NewCommentVote = Type.Static<typeof NewCommentVote>;

export interface VoteRow {
  score: number;
  comment: string | null;
  created_at: string;
}
