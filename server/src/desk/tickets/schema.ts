import Type from 'typebox';
import { FileUuids } from '#desk/files/schema.ts';
import { CommentBody } from '#desk/tickets/comments/schema.ts';
import { Vote } from '#desk/tickets/votes/schema.ts';
import {
  CommaSeparated,
  Email,
  Id,
  Int32,
  KeyList,
  Nullable,
  Page,
  Text,
  TimeInput,
  Timestamp,
} from '#platform/http/schemas.ts';
import { accessChange, accessFilters, accessShown, newAccess } from './access-schema.ts';

export const priorities = ['low', 'normal', 'high', 'urgent'];
export const Priority = Type.String({ enum: priorities });
export const statusKeys = ['new', 'in_progress', 'await_client', 'resolved', 'closed'];
const Summary = Text(255);
const SPEAKER = 'Who among the people behind the account is speaking.';
const NOTIFIED = 'Whom to notify besides the account’s own address.';
const AliasedName = Text(255, SPEAKER);
const Emails = (minItems: number) => Type.Array(Email, { minItems, maxItems: 10, description: NOTIFIED });

const HOSTS_OWN = 'The host’s own name for the ticket, each once in an account.';
const ExternalId = Text(200, HOSTS_OWN);

const ticketProperties = {
  number: Type.Integer(),
  summary: Type.String(),
  status: Type.Object(
    { en: Type.String(), ru: Type.String() },
    { description: 'The name of the state, for people.' },
  ),
  status_key: Type.String({
    enum: statusKeys,
    description: 'The state, for programs.',
  }),
  type: Nullable(Type.String(), 'What kind of request support takes it for.'),
  topic_key: Nullable(Type.String(), 'A key of `GET /support/topics`.'),
  is_closed: Type.Boolean({ description: 'It takes no comments until it is reopened.' }),
  is_resolved: Type.Boolean({ description: 'Support has done its part, or the client has closed it.' }),
  is_client_author: Type.Boolean({ description: 'Whether the client opened it, not support.' }),
  is_client_read: Type.Boolean({ description: 'Whether the client has read all that support wrote.' }),
  is_await_client: Type.Boolean({ description: 'It is the client’s turn.' }),
  is_await_support: Type.Boolean({ description: 'It is support’s turn.' }),
  is_can_be_voted: Type.Boolean({ description: 'Whether a vote would be taken.' }),
  client_aliased_name: Nullable(Type.String(), SPEAKER),
  client_emails: Type.Array(Type.String(), { description: NOTIFIED }),
  splitted_from_ticket_number: Nullable(Type.Integer(), 'The ticket whose comments it was made of.'),
  merged_into_ticket_number: Nullable(Type.Integer(), 'The ticket that it has become a part of.'),
  ...accessShown,
  vote: Nullable(Vote),
  created_at: Timestamp,
  updated_at: Type.String({ format: 'date-time', description: 'The last change that the client can see.' }),
  closed_at: Nullable(Timestamp),
};

export const Ticket = Type.Object(ticketProperties, { $id: 'Ticket', description: 'A ticket.' });

/** What staff see of a ticket. */
export const StaffTicket = Type.Object(
  {
    ...ticketProperties,
    account_id: Type.Integer(),
    external_id: Nullable(Type.String(), HOSTS_OWN),
    close_reason: Nullable(Type.String(), 'Why support closed it.'),
    priority: Priority,
    tags: Type.Array(Type.String()),
    assignee_id: Nullable(Type.Integer(), 'The staff member whose it is.'),
    is_staff_read: Type.Boolean({ description: 'Whether staff have seen what the client wrote last.' }),
    waiting_since: Nullable(Timestamp, 'Since when it has been support’s turn.'),
    first_response_at: Nullable(Timestamp, 'When support first answered what the client had opened.'),
    resolved_at: Nullable(Timestamp),
    first_response_due_at: Nullable(Timestamp, 'By when the client was promised a first response.'),
    resolution_due_at: Nullable(Timestamp, 'By when the client was promised a solution.'),
    due_at: Nullable(Timestamp, 'What is due next; nothing while the client is to reply.'),
    is_snoozed: Type.Boolean({ description: 'Whether it has left the queue for a time.' }),
    snoozed_until: Nullable(
      Timestamp,
      'When it comes back; null while it is snoozed: once the client writes.',
    ),
  },
  { $id: 'StaffTicket', description: 'A ticket, as staff see it.' },
);

/** A ticket as the database gives it; the response schemas leave out what is not the reader's. */
export type TicketRow = Type.Static<typeof StaffTicket> & {
  version: number;
  staff_version: number;
  has_reply: boolean;
  /** What stands in it, notes included: full.ts says how much may. */
  comment_count: number;
  comment_bytes: number;
};

export const NewTicket = Type.Object(
  {
    comment_body: CommentBody,
    summary: Summary,
    topic_key: Type.Optional(Text(100, 'A key of `GET /support/topics`.')),
    client_aliased_name: Type.Optional(AliasedName),
    client_emails: Type.Optional(Emails(1)),
    files: Type.Optional(FileUuids),
    ...newAccess,
  },
  { additionalProperties: false },
);
export type NewTicket = Type.Static<typeof NewTicket>;

/** The account is named in one way of the two: a schema of its own for each would make no better message. */
export const NewStaffTicket = Type.Object(
  {
    account_id: Type.Optional(Id),
    account_external_id: Type.Optional(Text(200, 'The host’s own name for the account, in place of its id.')),
    external_id: Type.Optional(ExternalId),
    ...NewTicket.properties,
  },
  { additionalProperties: false },
);
export type NewStaffTicket = Type.Static<typeof NewStaffTicket>;

/** A change that names no field is a change of nothing, as in the given document. */
const mayBeEmpty = { additionalProperties: false };

export const TicketChange = Type.Partial(
  Type.Object({
    client_aliased_name: Nullable(AliasedName),
    client_emails: Emails(0),
    ...accessChange,
  }),
  mayBeEmpty,
);
export type TicketChange = Type.Static<typeof TicketChange>;

export const StaffTicketChange = Type.Partial(
  Type.Object({
    summary: Summary,
    topic_key: Nullable(Text(100)),
    type: Nullable(Text(100)),
    client_emails: Emails(0),
    priority: Priority,
    tags: Type.Array(Text(50), { maxItems: 20, description: 'All of them; stored in lower case.' }),
    assignee_id: Nullable(Id),
    external_id: Nullable(ExternalId),
    ...accessChange,
  }),
  mayBeEmpty,
);
export type StaffTicketChange = Type.Static<typeof StaffTicketChange>;
export type Triage = Pick<StaffTicketChange, 'priority' | 'tags' | 'assignee_id' | 'external_id'>;

export const ticketSorts = ['-updated', 'updated', '-created', 'created'] as const;

export const TicketQuery = Type.Object({
  only_opened: Type.Optional(Type.Boolean({ description: 'Only tickets that are not closed.' })),
  only_closed: Type.Optional(
    Type.Boolean({ description: 'Only closed tickets; not together with the other.' }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, description: 'Number, words, or parts of names.' }),
  ),
  status_key: CommaSeparated(statusKeys.join('|'), 'The state.'),
  topic_key: KeyList('The topic; `none` for tickets without one.'),
  is_client_read: Type.Optional(
    Type.Boolean({ description: 'Whether the client has read all that support wrote.' }),
  ),
  ...accessFilters,
  updated_from: Type.Optional(
    Type.String({ ...TimeInput, description: 'Last changed at this time or later.' }),
  ),
  created_from: Type.Optional(Type.String({ ...TimeInput, description: 'Opened at this time or later.' })),
  sort: Type.Optional(
    Type.Unsafe<(typeof ticketSorts)[number]>({
      type: 'string',
      enum: ticketSorts,
      description: 'By last change, the latest first unless told otherwise, or by creation.',
    }),
  ),
  page: Int32(1, undefined, { default: 1, description: 'Which page, from 1.' }),
  after: Type.Optional(
    Type.String({
      pattern: '^-?(updated|created)[.][0-9]{1,14}[.][0-9]{1,15}[.][1-9][0-9]{0,8}$',
      description:
        '`after` of the page before, in place of `page`: nothing is skipped or repeated when tickets move.',
    }),
  ),
  items_per_page: Int32(1, 1000, { default: 10, description: 'How many tickets a page has.' }),
});
export type TicketQuery = Type.Static<typeof TicketQuery>;

export const TicketPage = Type.Object({
  ...Page(Ticket).properties,
  after: Nullable(Type.String(), 'Where the next page begins; null behind the last.'),
});
/** Its rows as the database gives them. */
export type TicketPage = Omit<Type.Static<typeof TicketPage>, 'items'> & {
  items: Array<TicketRow & { has_late_vote: boolean }>;
};

export const TicketPath = Type.Object({
  ticket_number: Type.Integer({ description: 'The `number` of the ticket.' }),
});

export const StaffClose = Type.Object(
  { reason: Type.Optional(Text(1000, 'Why; seen by staff only.')) },
  { additionalProperties: false },
);

export const Split = Type.Object(
  {
    comment_ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    summary: Summary,
  },
  { additionalProperties: false },
);
export type Split = Type.Static<typeof Split>;

export const Snooze = Type.Object(
  {
    until: Type.Optional({ ...TimeInput, description: 'When it comes back, within 366 days.' }),
    until_reply: Type.Optional(
      Type.Unsafe<true>({
        type: 'boolean',
        enum: [true],
        description: 'Until the client writes, as without a time; with a time it ends sooner by that anyway.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Snooze = Type.Static<typeof Snooze>;

export const Merge = Type.Object({ into: Id }, { additionalProperties: false });
export type Merge = Type.Static<typeof Merge>;

export const AccountMove = Type.Object({ account_id: Id }, { additionalProperties: false });
