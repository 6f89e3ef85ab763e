import { File, FileUuids } from '#desk/files/schema.ts';
import { Vote } from '#desk/tickets/votes/schema.ts';
import { Id, Int32, Nullable, Ref, Text, Timestamp } from '#platform/http/schemas.ts';
import Type from '#platform/type.ts';
import { ClientCommentCan, type CommentCan, StaffCommentCan } from './can-schema.ts';

export const CommentBody = Text(50_000);

const commentProperties = {
  id: Type.Integer(),
  body: Type.String(),
  files: Type.Array(Ref(File)),
  is_client_author: Type.Boolean({ description: 'True if the client wrote it, false if support did.' }),
  is_client_read: Type.Boolean({ description: 'Whether the client has read it.' }),
  author_name: Nullable(Type.String(), 'The name of the author.'),
  sent_at: Timestamp,
  splitted_at: Nullable(
    Timestamp,
    'When it was split off into another ticket, or the ticket was merged into another.',
  ),
  splitted_to_ticket_number: Nullable(Type.Integer(), 'The ticket to which it was copied or moved.'),
  merged_from_ticket_number: Nullable(Type.Integer(), 'The merged ticket on which it was written.'),
  vote: Nullable(Vote),
  redacted_at: Nullable(Timestamp, 'When its text was removed for good. `body` then says so.'),
  redacted_by: Nullable(Type.String(), 'Who removed its text.'),
  redacted_files: Type.Array(Type.Object({ redacted_at: Timestamp, redacted_by: Type.String() }), {
    description: 'Files of it that were removed for good.',
  }),
};

export const Comment = Type.Object(
  { ...commentProperties, can: ClientCommentCan },
  { $id: 'Comment', description: 'A comment.' },
);

export const AuthorUser = Type.Object({
  id: Type.String({ description: 'The id of the contact in the panel.' }),
  name: Type.String(),
  email: Nullable(Type.String()),
});
export type AuthorUser = Type.Static<typeof AuthorUser>;

/** A comment as staff see it. */
export const StaffComment = Type.Object(
  {
    ...commentProperties,
    can: StaffCommentCan,
    ticket_number: Type.Integer(),
    is_internal: Type.Boolean({
      description: 'Whether it is an internal note. Clients never see internal notes.',
    }),
    mentions: Type.Array(Type.Integer(), { description: 'The ids of the team members whom it mentions.' }),
    author_user: Nullable(AuthorUser, 'The contact who wrote it, whatever `author_name` is.'),
  },
  { $id: 'StaffComment', description: 'A comment or an internal note, with the fields for staff.' },
);
/** A comment as the database returns it. The response schemas leave out what the reader must not see. */
export type CommentRow = Omit<Type.Static<typeof StaffComment>, 'can'> & {
  account_id: number;
  /** Who wrote it. */
  staff_id: number | null;
  user_id: string | null;
};

/** A comment with what its reader may do. */
export type ShownComment = CommentRow & { can: CommentCan };

/** Which of a ticket's comments to list, and in which order: those between two ids, at most `limit`. */
const window = {
  after: Type.Optional(Type.Integer({ ...Id, description: 'Only comments with a greater id.' })),
  before: Type.Optional(Type.Integer({ ...Id, description: 'Only comments with a smaller id.' })),
  sort: Type.Optional(
    Type.Unsafe<'id' | '-id'>({
      type: 'string',
      enum: ['id', '-id'],
      description: '`id`: oldest first (the default). `-id`: newest first.',
    }),
  ),
};

export const CommentQuery = Type.Object({
  ...window,
  limit: Type.Optional(
    Int32(1, 1000, { description: 'The largest number of comments to return. Default: all that fit.' }),
  ),
});
export type CommentQuery = Type.Static<typeof CommentQuery>;

export const StaffCommentQuery = Type.Object({
  ...window,
  limit: Int32(1, 1000, { default: 100, description: 'The largest number of comments to return.' }),
});

export const StaffCommentPage = Type.Object({
  has_more: Type.Boolean({
    description: 'Whether there are more. The `Link` header has the address of the next page.',
  }),
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
    internal: Type.Optional(Type.Boolean({ description: 'True for an internal note.' })),
    status_key: Type.Optional(
      Type.Unsafe<'in_progress' | 'await_client' | 'resolved'>({
        type: 'string',
        enum: ['in_progress', 'await_client', 'resolved'],
        description: 'The state of the ticket after the reply. Default: `await_client`. Not for a note.',
      }),
    ),
    mentions: Type.Optional(
      Type.Array(Id, {
        maxItems: 20,
        uniqueItems: true,
        description: 'The ids of team members to mention. Clients do not see mentions.',
      }),
    ),
    last_comment_id: Type.Optional(
      Type.Integer({
        ...Id,
        description:
          'The last comment or note that the author has seen. Returns 412 if the client or another team member has written since.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewStaffComment = Type.Static<typeof NewStaffComment>;
