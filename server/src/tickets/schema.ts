import Type from 'typebox';
import { CommentBody, StaffComment } from '../comments/schema.ts';
import { FileUuids } from '../files/schema.ts';
import { Email, Int32, Nullable, Ref, Text, Timestamp } from '../http/schemas.ts';
import { Vote } from '../votes/schema.ts';

const Summary = Text(255);
const AliasedName = Text(255, 'Who among the people behind the account is speaking.');
const Emails = (minItems: number) =>
  Type.Array(Email, {
    minItems,
    maxItems: 10,
    description: 'Whom to notify besides the account’s own address.',
  });

const ticketProperties = {
  number: Type.Integer(),
  summary: Type.String(),
  status: Type.Object({ en: Type.String(), ru: Type.String() }),
  status_key: Type.String({ enum: ['new', 'in_progress', 'await_client', 'resolved', 'closed'] }),
  type: Nullable(Type.String()),
  topic_key: Nullable(Type.String()),
  is_closed: Type.Boolean(),
  is_resolved: Type.Boolean(),
  is_client_author: Type.Boolean(),
  is_client_read: Type.Boolean(),
  is_await_client: Type.Boolean(),
  is_await_support: Type.Boolean(),
  is_can_be_voted: Type.Boolean(),
  client_aliased_name: Nullable(Type.String()),
  client_emails: Type.Array(Type.String()),
  splitted_from_ticket_number: Nullable(Type.Integer()),
  vote: Nullable(Vote),
  created_at: Timestamp,
  updated_at: Timestamp,
  closed_at: Nullable(Timestamp),
};

export const Ticket = Type.Object(ticketProperties, { $id: 'Ticket' });

/** What staff see of a ticket. */
export const StaffTicket = Type.Object(
  {
    ...ticketProperties,
    account_id: Type.Integer(),
    close_reason: Nullable(Type.String()),
  },
  { $id: 'StaffTicket' },
);

export const StaffTicketWithComments = Type.Object(
  { ...StaffTicket.properties, comments: Type.Array(Ref(StaffComment)) },
  { $id: 'StaffTicketWithComments' },
);

/** A ticket as the database gives it; the response schemas leave out what is not the reader's. */
export type TicketRow = Type.Static<typeof StaffTicket> & { version: number; is_answered: boolean };

export const NewTicket = Type.Object(
  {
    comment_body: CommentBody,
    summary: Summary,
    topic_key: Type.Optional(Text(100)),
    client_aliased_name: Type.Optional(AliasedName),
    client_emails: Type.Optional(Emails(1)),
    files: Type.Optional(FileUuids),
  },
  { additionalProperties: false },
);
export type NewTicket = Type.Static<typeof NewTicket>;

export const NewStaffTicket = Type.Object(
  { account_id: Type.Integer({ minimum: 1 }), ...NewTicket.properties },
  { additionalProperties: false },
);

export const TicketChange = Type.Object(
  {
    client_aliased_name: Type.Optional(Nullable(AliasedName)),
    client_emails: Type.Optional(Emails(0)),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type TicketChange = Type.Static<typeof TicketChange>;

export const StaffTicketChange = Type.Object(
  {
    summary: Type.Optional(Summary),
    topic_key: Type.Optional(Nullable(Text(100))),
    type: Type.Optional(Nullable(Text(100))),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type StaffTicketChange = Type.Static<typeof StaffTicketChange>;

export const TicketQuery = Type.Object({
  only_opened: Type.Optional(Type.Boolean()),
  only_closed: Type.Optional(Type.Boolean()),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, description: 'Number, words, or parts of names.' }),
  ),
  page: Int32(1, undefined, { default: 1 }),
  items_per_page: Int32(1, 1000, { default: 10 }),
});
export type TicketQuery = Type.Static<typeof TicketQuery>;

export const TicketPath = Type.Object({ ticket_number: Type.Integer() });

export const StaffClose = Type.Object(
  { reason: Type.Optional(Text(1000, 'Why; seen by staff only.')) },
  { additionalProperties: false },
);

export const Split = Type.Object(
  {
    comment_ids: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500, uniqueItems: true }),
    summary: Summary,
  },
  { additionalProperties: false },
);
export type Split = Type.Static<typeof Split>;
