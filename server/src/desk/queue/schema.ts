/** The queries of the queue, and its rows. */
import { accessFilters } from '#desk/tickets/access-schema.ts';
import { QueueCan } from '#desk/tickets/can-schema.ts';
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
import Type from '#platform/type.ts';

const at = (description: string) => Type.Optional(Type.String({ ...TimeInput, description }));
const Score = (description: string) => Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description }));

const filters = {
  status_key: CommaSeparated(statusKeys.join('|'), 'The key of the state.'),
  is_closed: Type.Optional(Type.Boolean({ description: 'Whether the ticket is closed.' })),
  topic_key: KeyList('The key of the topic; `none` for tickets without a topic.'),
  account_id: IdList('The id of the account.'),
  assignee_id: IdList(
    'The assignee: the id of a team member, `me`, or `none` for tickets without an assignee.',
    'none|me|',
  ),
  assignee: Type.Optional(
    Type.Unsafe<'disabled'>({
      type: 'string',
      enum: ['disabled'],
      description: '`disabled`: tickets of disabled members.',
    }),
  ),
  priority: CommaSeparated(priorities.join('|'), 'The priority.'),
  tag: Type.Optional(Text(2500, 'A tag. Several values, separated by commas, match any of them.')),
  waiting: CommaSeparated('support|client', 'Whom the ticket waits for.'),
  ...accessFilters,
  external_id: Type.Optional(Text(200, 'The host’s id of the ticket.')),
  is_staff_read: Type.Optional(
    Type.Boolean({
      description:
        'False when the client writes, true when support replies. Staff can also mark it as read or unread.',
    }),
  ),
  mentioned: Type.Optional(
    Type.Unsafe<'me'>({
      type: 'string',
      enum: ['me'],
      description:
        '`me`: tickets in which you are mentioned and which you have neither marked as read nor written on since.',
    }),
  ),
  draft: Type.Optional(
    Type.Unsafe<'me'>({
      type: 'string',
      enum: ['me'],
      description: '`me`: tickets on which you have a draft.',
    }),
  ),
  client: Type.Optional(
    Text(
      1000,
      'Words of the client’s name: of the account, of a contact who has written, or of `client_aliased_name`. The e-mail address and the external id are searched, too.',
    ),
  ),
  has_files: Type.Optional(
    Type.Boolean({ description: 'Whether a comment or note of the ticket has attachments.' }),
  ),
  score_from: Score('The client’s score of the ticket is this or higher.'),
  score_to: Score('The client’s score of the ticket is this or lower.'),
  is_overdue: Type.Optional(Type.Boolean({ description: 'Whether an SLA target of the ticket is overdue.' })),
  is_snoozed: Type.Optional(
    Type.Boolean({
      description:
        'Whether it is snoozed. Without this filter snoozed tickets are left out, except with `q`, `account_id`, `client`, `mentioned` or `draft`.',
    }),
  ),
  created_from: at('Opened at this time or later.'),
  created_to: at('Opened at this time or earlier.'),
  updated_from: at('Last changed at this time or later.'),
  updated_to: at('Last changed at this time or earlier.'),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description:
        'A number, words, or parts of names. Also searches notes, the account, authors, addresses and names of attachments.',
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
    '`updated`: last change. `created`: creation. `waiting`: how long the client waits, longest first. `due`: next SLA target, soonest first. `priority`: low first. `-` reverses the order.',
});

/** In a body a single id is a number. */
const OneOrAny = Type.Unsafe<number | string>({
  ...filters.account_id,
  type: ['integer', 'string'],
  minimum: 1,
});

/** The filter that a view stores: each field narrows the list. */
export const QueueFilter = Type.Object(
  { ...filters, account_id: Type.Optional(OneOrAny) },
  { additionalProperties: false },
);
export type QueueFilter = Type.Static<typeof QueueFilter>;

const requested = {
  ...filters,
  view_id: Type.Optional(Type.Integer({ minimum: 1, description: 'A saved view.' })),
  // No view stores it: in a request with `view_id` it would replace the view's instead of narrowing it.
  number: IdList('The number of the ticket. Says which of these tickets match the other filters.'),
};

export const QueueQuery = Type.Object({
  ...requested,
  sort: Type.Optional(Sort),
  after: Type.Optional(
    Type.String({
      pattern: `^(${sortNames.join('|')})[.][0-9]{1,14}[.][0-9]{1,15}$`,
      description: '`after` of the previous page. The order must be the same.',
    }),
  ),
  limit: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 25,
    description: 'The largest number of items on a page.',
  }),
});
export type QueueQuery = Type.Static<typeof QueueQuery>;
/** The filter of a request. */
export type RequestFilter = QueueFilter & Pick<QueueQuery, 'number'>;

const format = Type.Optional(Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'] }));

/** The list's own parameters, and the one that requests CSV. */
export const QueueListQuery = Type.Object({ ...QueueQuery.properties, format });

export const ExportQuery = Type.Object({
  ...QueueQuery.properties,
  limit: Type.Integer({
    minimum: 1,
    maximum: 5000,
    default: 1000,
    description: 'The largest number of items on a page.',
  }),
});

export const CountQuery = Type.Object(requested);

const UNRESOLVED = 'new,in_progress,await_client';

/** The queues that every member has beside the views: the filter of each. */
export const queues = {
  mine: { assignee_id: 'me', status_key: UNRESOLVED },
  unassigned: { assignee_id: 'none', status_key: UNRESOLVED },
  waiting_support: { waiting: 'support' },
  waiting_client: { waiting: 'client' },
  mentions: { mentioned: 'me' },
  drafts: { draft: 'me' },
  resolved: { status_key: 'resolved' },
  open: { is_closed: false },
} as const satisfies Record<string, QueueFilter>;

export const QueueTicket = Type.Object(
  {
    ...StaffTicket.properties,
    can: QueueCan,
    account_name: Type.String(),
    assignee_name: Nullable(Type.String()),
    has_draft: Type.Boolean({ description: 'Whether you have a draft on it.' }),
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
  after: Nullable(Type.String(), 'The cursor of the next page. Null on the last page.'),
});

const CappedCount = (of = '') =>
  Type.Integer({ minimum: 0, maximum: 1000, description: `${of}Exact up to 999; 1000 means more.` });

export const Count = Type.Object({ count: CappedCount() });

export const QueueCounts = Type.Object({
  queues: Type.Object(
    Object.fromEntries(
      Object.entries(queues).map(([name, filter]) => [name, CappedCount(`\`${asQuery(filter)}\`. `)]),
    ) as Record<keyof typeof queues, ReturnType<typeof CappedCount>>, // its keys are those of `queues`
    { description: 'The number of tickets that the list returns with each filter.' },
  ),
  topics: Type.Array(
    Type.Object({
      topic_key: Nullable(Type.String(), 'Null: tickets without a topic.'),
      count: CappedCount('`is_closed=false` and `topic_key`. '),
    }),
    {
      description:
        'The open tickets of each topic, in the order of topics. An archived topic is here only if it has some.',
    },
  ),
});

function asQuery(filter: QueueFilter): string {
  return Object.entries(filter)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
