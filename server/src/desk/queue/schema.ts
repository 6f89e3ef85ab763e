/** What staff ask the queue for, and the rows that it gives. */
import Type from 'typebox';
import { accessFilters } from '#desk/tickets/access-schema.ts';
import { priorities, StaffTicket, statusKeys } from '#desk/tickets/schema.ts';
import {
  CommaSeparated,
  IdList,
  KeyList,
  Nullable,
  Ref,
  Text,
  TimeInput,
  Timestamp,
} from '#platform/http/schemas.ts';

const at = (description: string) => Type.Optional(Type.String({ ...TimeInput, description }));

const filters = {
  status_key: CommaSeparated(statusKeys.join('|'), 'The state.'),
  is_closed: Type.Optional(Type.Boolean({ description: 'Whether it takes no comments.' })),
  topic_key: KeyList('The topic; `none` for tickets without one.'),
  account_id: IdList('The account.'),
  assignee_id: IdList(
    'The assignee: the id of a staff member, `me` for oneself, `none` for tickets without one.',
    'none|me|',
  ),
  assignee: Type.Optional(
    Type.Unsafe<'disabled'>({
      type: 'string',
      enum: ['disabled'],
      description: 'Tickets of members who are disabled.',
    }),
  ),
  priority: CommaSeparated(priorities.join('|'), 'The priority.'),
  tag: Type.Optional(Text(2500, 'A tag of the ticket. Several, with commas: any of them.')),
  waiting: CommaSeparated('support|client', 'Whose turn it is.'),
  ...accessFilters,
  external_id: Type.Optional(Text(200, 'The host’s own name for the ticket.')),
  is_staff_read: Type.Optional(
    Type.Boolean({ description: 'Whether staff have seen what the client wrote last.' }),
  ),
  mentioned: Type.Optional(
    Type.Unsafe<'me'>({
      type: 'string',
      enum: ['me'],
      description: 'Where one is mentioned, and has neither marked as read nor written since.',
    }),
  ),
  is_overdue: Type.Optional(Type.Boolean({ description: 'Whether what the client was promised is late.' })),
  is_snoozed: Type.Optional(
    Type.Boolean({
      description:
        'Whether it is snoozed. Without this filter snoozed tickets are left out, except with `q`, `account_id` or `mentioned`.',
    }),
  ),
  created_from: at('Opened at this time or later.'),
  created_to: at('Opened at this time or before.'),
  updated_from: at('Last changed at this time or later.'),
  updated_to: at('Last changed at this time or before.'),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description:
        'Number, words, or parts of names; in notes too, and of the account, the people who wrote, addresses and attachments.',
    }),
  ),
};

export const sortNames = [
  '-updated',
  'updated',
  '-created',
  'created',
  'waiting',
  '-waiting',
  'due',
  '-due',
  'priority',
  '-priority',
] as const;

export const Sort = Type.Unsafe<(typeof sortNames)[number]>({
  type: 'string',
  enum: sortNames,
  description:
    'By last change, by creation, by how long the client waits (longest first), by what is due (soonest first), by priority (low first); with `-` the other way round.',
});

/** In a body one id is a number. */
const OneOrAny = Type.Unsafe<number | string>({
  ...filters.account_id,
  type: ['integer', 'string'],
  minimum: 1,
});

/** What a view keeps: each field narrows what is listed, one that is left out does not. */
export const QueueFilter = Type.Object(
  { ...filters, account_id: Type.Optional(OneOrAny) },
  { additionalProperties: false },
);
export type QueueFilter = Type.Static<typeof QueueFilter>;

const view_id = Type.Optional(Type.Integer({ minimum: 1, description: 'A saved view.' }));

export const QueueQuery = Type.Object({
  ...filters,
  view_id,
  sort: Type.Optional(Sort),
  after: Type.Optional(
    Type.String({
      pattern: `^(${sortNames.join('|')})[.][0-9]{1,14}[.][0-9]{1,15}$`,
      description: '`after` of the page before; it goes on in the order of that page.',
    }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 25, description: 'How many a page has at most.' }),
});
export type QueueQuery = Type.Static<typeof QueueQuery>;

const format = Type.Optional(Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'] }));

/** The list's own parameters, and one that asks for CSV in its place. */
export const QueueListQuery = Type.Object({ ...QueueQuery.properties, format });

export const ExportQuery = Type.Object({
  ...QueueQuery.properties,
  limit: Type.Integer({
    minimum: 1,
    maximum: 5000,
    default: 1000,
    description: 'How many a page has at most.',
  }),
});

export const CountQuery = Type.Object({ ...filters, view_id });

export const QueueTicket = Type.Object(
  {
    ...StaffTicket.properties,
    account_name: Type.String(),
    assignee_name: Nullable(Type.String()),
    last_comment: Nullable(
      Type.Object({
        id: Type.Integer(),
        beginning: Type.String({ description: 'Its first 200 characters.' }),
        is_client_author: Type.Boolean(),
        is_internal: Type.Boolean(),
        author_name: Nullable(Type.String()),
        has_files: Type.Boolean(),
        sent_at: Timestamp,
      }),
      'The last comment or note.',
    ),
  },
  { $id: 'QueueTicket', description: 'A ticket in the queue.' },
);
export type QueueTicket = Type.Static<typeof QueueTicket>;

export const QueuePage = Type.Object({
  items: Type.Array(Ref(QueueTicket)),
  after: Nullable(Type.String(), 'Where the next page begins; null behind the last.'),
});

export const Count = Type.Object({
  count: Type.Integer({ minimum: 0, maximum: 1000, description: 'Exact up to 999; 1000 stands for more.' }),
});
