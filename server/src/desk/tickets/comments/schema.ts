import Type from 'typebox';
import { File, FileUuids } from '#desk/files/schema.ts';
import { Vote } from '#desk/tickets/votes/schema.ts';
import { Id, Int32, Nullable, Ref, Text, Timestamp } from '#platform/http/schemas.ts';

export const CommentBody = Text(50_000);

const commentProperties = {
  id: Type.Integer(),
  body: Type.String(),
  files: Type.Array(Ref(File)),
  is_client_author: Type.Boolean({ description: 'Whether the client wrote it, not support.' }),
  is_client_read: Type.Boolean({ description: 'Whether the client has read it.' }),
  author_name: Nullable(Type.String(), 'Who wrote it.'),
  sent_at: Timestamp,
  splitted_at: Nullable(Timestamp, 'When it was split off into a ticket of its own.'),
  splitted_to_ticket_number: Nullable(Type.Integer(), 'The ticket that has a copy of it.'),
  merged_from_ticket_number: Nullable(
    Type.Integer(),
    'The ticket that it was written on, which has become a part of this one.',
  ),
  vote: Nullable(Vote),
  redacted_at: Nullable(Timestamp, 'When its text was removed for good; `body` says so since.'),
  redacted_by: Nullable(Type.String(), 'Who removed its text.'),
  redacted_files: Type.Array(Type.Object({ redacted_at: Timestamp, redacted_by: Type.String() }), {
    description: 'Its files that were removed for good.',
  }),
};

export const Comment = Type.Object(commentProperties, { $id: 'Comment', description: 'A comment.' });

const AuthorUser = Type.Object({
  id: Type.String({ description: 'The panel’s own name for the person.' }),
  name: Type.String(),
  email: Nullable(Type.String()),
});

/** What staff see of a comment. */
export const StaffComment = Type.Object(
  {
    ...commentProperties,
    ticket_number: Type.Integer(),
    is_internal: Type.Boolean({ description: 'A note among staff: no client ever sees it.' }),
    mentions: Type.Array(Type.Integer(), { description: 'Staff whose attention it asks for.' }),
    author_user: Nullable(
      AuthorUser,
      'The person behind the account who wrote it, whatever author_name says.',
    ),
  },
  { $id: 'StaffComment', description: 'A comment or a note, as staff see it.' },
);
export type CommentRow = Type.Static<typeof StaffComment> & { account_id: number };

/** Which of a ticket's comments a list has, and in which order: those between two ids, as many as `limit`. */
const window = {
  after: Type.Optional(Type.Integer({ ...Id, description: 'Only comments with a greater id.' })),
  before: Type.Optional(Type.Integer({ ...Id, description: 'Only comments with a smaller id.' })),
  sort: Type.Optional(
    Type.Unsafe<'id' | '-id'>({
      type: 'string',
      enum: ['id', '-id'],
      description: '`id`, the oldest first, unless told otherwise; `-id`, the newest first.',
    }),
  ),
};

export const CommentQuery = Type.Object({
  ...window,
  limit: Type.Optional(Int32(1, 1000, { description: 'How many at most; all that fit unless told.' })),
});
export type CommentQuery = Type.Static<typeof CommentQuery>;

export const StaffCommentQuery = Type.Object({
  ...window,
  limit: Int32(1, 1000, { default: 100, description: 'How many at most.' }),
});

export const StaffCommentPage = Type.Object({
  has_more: Type.Boolean({ description: 'Whether there are more in this order: Link names them.' }),
  items: Type.Array(Ref(StaffComment)),
});

export const NewComment = Type.Object(
  { body: CommentBody, files: Type.Optional(FileUuids) },
  { additionalProperties: false },
);
export type NewComment = Type.Static<typeof NewComment>;

export const NewStaffComment = Type.Object(
  {
    body: CommentBody,
    files: Type.Optional(FileUuids),
    internal: Type.Optional(Type.Boolean({ description: 'A note among staff instead of a reply.' })),
    status_key: Type.Optional(
      Type.Unsafe<'in_progress' | 'await_client' | 'resolved'>({
        type: 'string',
        enum: ['in_progress', 'await_client', 'resolved'],
        description: 'The state after the reply; `await_client` unless told. Not for a note.',
      }),
    ),
    mentions: Type.Optional(
      Type.Array(Id, {
        maxItems: 20,
        uniqueItems: true,
        description: 'Staff whose attention it asks for; no client sees it.',
      }),
    ),
    last_comment_id: Type.Optional(
      Type.Integer({
        ...Id,
        description:
          'The last comment or note that its author has seen: a reply to less than is there is refused with a 412.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewStaffComment = Type.Static<typeof NewStaffComment>;
