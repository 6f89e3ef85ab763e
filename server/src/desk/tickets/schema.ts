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
import Type from '#platform/type.ts';
import { accessChange, accessFilters, accessShown, newAccess } from './access-schema.ts';
import { type Can, ClientCan, StaffCan } from './can-schema.ts';

export const priorities = ['low', 'normal', 'high', 'urgent'];
export const Priority = Type.String({ enum: priorities });
export const statusKeys = ['new', 'in_progress', 'await_client', 'resolved', 'closed'];
const Summary = Text(255);
const SPEAKER = 'The person who writes for the account.';
const NOTIFIED = 'Addresses to notify besides the address of the account.';
const AliasedName = Text(255, SPEAKER);
const Emails = (minItems: number) => Type.Array(Email, { minItems, maxItems: 10, description: NOTIFIED });

const HOSTS_OWN = 'The host’s id of the ticket. Unique within the account.';
const ExternalId = Text(200, HOSTS_OWN);

const ticketProperties = {
  number: Type.Integer(),
  summary: Type.String(),
  status: Type.Object(
    { en: Type.String(), ru: Type.String() },
    { description: 'The name of the state, for people to read.' },
  ),
  status_key: Type.String({
    enum: statusKeys,
    description: 'The key of the state, for programs.',
  }),
  type: Nullable(Type.String(), 'The type of the request, set by staff.'),
  topic_key: Nullable(Type.String(), 'A key of `GET /support/topics`.'),
  is_closed: Type.Boolean({ description: 'A closed ticket takes no comments until it is reopened.' }),
  is_resolved: Type.Boolean({ description: 'Staff have resolved it, or the client has closed it.' }),
  is_client_author: Type.Boolean({ description: 'True if the client opened it, false if staff did.' }),
  is_client_read: Type.Boolean({ description: 'Whether the client has read all comments of support.' }),
  is_await_client: Type.Boolean({ description: 'The ticket waits for the client.' }),
  is_await_support: Type.Boolean({ description: 'The ticket waits for support.' }),
  is_can_be_voted: Type.Boolean({ description: 'Whether the ticket can be voted on in its state.' }),
  client_aliased_name: Nullable(Type.String(), SPEAKER),
  client_emails: Type.Array(Type.String(), { description: NOTIFIED }),
  splitted_from_ticket_number: Nullable(Type.Integer(), 'The ticket that it was split off from.'),
  merged_into_ticket_number: Nullable(Type.Integer(), 'The ticket that it was merged into.'),
  ...accessShown,
  vote: Nullable(Vote),
  created_at: Timestamp,
  updated_at: Type.String({
    format: 'date-time',
    description: 'The time of the last change that the client can see.',
  }),
  closed_at: Nullable(Timestamp),
};

export const Ticket = Type.Object(
  { ...ticketProperties, can: ClientCan },
  { $id: 'Ticket', description: 'A ticket.' },
);

/** A ticket as staff see it. */
export const StaffTicket = Type.Object(
  {
    ...ticketProperties,
    can: StaffCan,
    account_id: Type.Integer(),
    external_id: Nullable(Type.String(), HOSTS_OWN),
    close_reason: Nullable(Type.String(), 'The reason why it was closed. `auto`: by an inactivity rule.'),
    priority: Priority,
    tags: Type.Array(Type.String()),
    assignee_id: Nullable(Type.Integer(), 'The assignee.'),
    is_staff_read: Type.Boolean({
      description:
        'False when the client writes, true when support replies. Staff can also mark it as read or unread.',
    }),
    waiting_since: Nullable(Timestamp, 'Since when it has waited for support.'),
    first_response_at: Nullable(
      Timestamp,
      'When support first replied. Only for tickets that a client opened.',
    ),
    resolved_at: Nullable(Timestamp),
    first_response_due_at: Nullable(Timestamp, 'The SLA target of the first response.'),
    resolution_due_at: Nullable(Timestamp, 'The SLA target of the resolution.'),
    due_at: Nullable(Timestamp, 'The next SLA target. Null while the ticket waits for the client.'),
    is_snoozed: Type.Boolean({ description: 'Whether it is snoozed.' }),
    snoozed_until: Nullable(
      Timestamp,
      'When the snooze ends. Null for a snoozed ticket: when the client writes.',
    ),
  },
  { $id: 'StaffTicket', description: 'A ticket, with the fields for staff.' },
);

/** A ticket as the database returns it. The response schemas leave out what the reader must not see. */
export type StoredTicket = Omit<Type.Static<typeof StaffTicket>, 'can' | 'is_can_be_voted'> & {
  version: number;
  staff_version: number;
  has_reply: boolean;
  /** Of the ticket, including notes. full.ts has the maximum. */
  comment_count: number;
  comment_bytes: number;
  merged_at: string | null;
  is_split_undone: boolean;
  /** Read for staff only (facts.ts). */
  is_splittable?: boolean;
  is_split_further?: boolean;
  are_originals_moved?: boolean;
  is_linked?: boolean;
};

/** A ticket with what its reader may do. */
export type TicketRow = StoredTicket & { can: Can; is_can_be_voted: boolean };

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

/** The account is given in one of two ways. A separate schema for each would not give a better message. */
export const NewStaffTicket = Type.Object(
  {
    account_id: Type.Optional(Id),
    account_external_id: Type.Optional(Text(200, 'The host’s id of the account, instead of `account_id`.')),
    external_id: Type.Optional(ExternalId),
    ...NewTicket.properties,
  },
  { additionalProperties: false },
);
export type NewStaffTicket = Type.Static<typeof NewStaffTicket>;

/** An empty change is accepted and changes nothing, as in the given document. */
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
    tags: Type.Array(Text(50), {
      maxItems: 20,
      description: 'All tags of the ticket. They are stored in lower case.',
    }),
    assignee_id: Nullable(Id),
    external_id: Nullable(ExternalId),
    ...accessChange,
  }),
  mayBeEmpty,
);
export type StaffTicketChange = Type.Static<typeof StaffTicketChange>;
export type Triage = Pick<StaffTicketChange, 'priority' | 'tags' | 'assignee_id' | 'external_id'>;

export const ticketSorts = ['-updated', 'updated', '-created', 'created', 'await_client'] as const;

export const TicketQuery = Type.Object({
  only_opened: Type.Optional(Type.Boolean({ description: 'Only tickets that are not closed.' })),
  only_closed: Type.Optional(
    Type.Boolean({ description: 'Only closed tickets. Cannot be combined with `only_opened`.' }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1000, description: 'A number, words, or parts of names.' }),
  ),
  status_key: CommaSeparated(statusKeys.join('|'), 'The key of the state.'),
  topic_key: KeyList('The key of the topic; `none` for tickets without a topic.'),
  is_client_read: Type.Optional(
    Type.Boolean({ description: 'Whether the client has read all comments of support.' }),
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
      description:
        'The order: by last change or by creation; `-` puts the latest first. `await_client`: tickets that wait for the client first, then the last changed. Default: `-updated`.',
    }),
  ),
  page: Int32(1, undefined, { default: 1, description: 'The number of the page, from 1.' }),
  after: Type.Optional(
    Type.String({
      pattern:
        '^(-?(updated|created)|await_client[.](true|false))[.][0-9]{1,14}[.][0-9]{1,15}[.][1-9][0-9]{0,8}$',
      description:
        '`after` of the previous page, instead of `page`. No ticket is skipped or repeated when others change.',
    }),
  ),
  items_per_page: Int32(1, 1000, { default: 10, description: 'The number of tickets on a page.' }),
});
export type TicketQuery = Type.Static<typeof TicketQuery>;

export const TicketPage = Type.Object({
  ...Page(Ticket).properties,
  after: Nullable(Type.String(), 'The cursor of the next page. Null on the last page.'),
});
/** The rows as the database returns them. */
export type TicketPage = Omit<Type.Static<typeof TicketPage>, 'items'> & {
  items: Array<TicketRow & { has_late_vote: boolean }>;
};

export const TicketPath = Type.Object({
  ticket_number: Type.Integer({ description: 'The `number` of the ticket.' }),
});

export const StaffClose = Type.Object(
  { reason: Type.Optional(Text(1000, 'The reason. Clients do not see it.')) },
  { additionalProperties: false },
);

export const Split = Type.Object(
  {
    comment_ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    summary: Summary,
    topic_key: Type.Optional({
      ...Nullable(Text(100)),
      description: 'The topic of the new ticket. Default: that of this ticket.',
    }),
    assignee_id: Type.Optional({
      ...Nullable(Id),
      description: 'The assignee of the new ticket. Default: that of this ticket.',
    }),
  },
  { additionalProperties: false },
);
export type Split = Type.Static<typeof Split>;

export const Snooze = Type.Object(
  {
    until: Type.Optional({ ...TimeInput, description: 'When the snooze ends, within 366 days.' }),
    until_reply: Type.Optional(
      Type.Unsafe<true>({
        type: 'boolean',
        enum: [true],
        description:
          'Snooze until the client writes, without a time. With `until` the snooze also ends when the client writes.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Snooze = Type.Static<typeof Snooze>;

export const Merge = Type.Object({ into: Id }, { additionalProperties: false });
export type Merge = Type.Static<typeof Merge>;

export const AccountMove = Type.Object({ account_id: Id }, { additionalProperties: false });
