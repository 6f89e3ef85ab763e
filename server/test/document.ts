/**
 * The given document, Tickets API v1.1.0, as data. What it leaves open is marked as ours: paths, some limits, some
 * additional fields. contract.test.ts checks the product against it.
 */
import type { TicketState } from './tickets.ts';

export interface Field {
  type: 'string' | 'integer' | 'boolean' | 'array';
  format?: 'int32';
  items?: 'uuid' | 'email';
  /** Characters, items, or the value itself. */
  min?: number;
  max?: number;
  enum?: number[];
  default?: number;
  required?: true;
  nullable?: true;
  /** Limits that the document does not define. */
  ours?: { min?: number; max?: number };
}
export type Fields = Record<string, Field>;

/** The fields of a response with their types; a question mark for "or null". */
export type Shape = Record<string, string>;

export interface Operation {
  name: string;
  methods: Array<'get' | 'post' | 'patch' | 'put'>;
  path: string;
  query?: Fields;
  body?: Fields;
  /** Additional optional parameters and fields of ours. */
  alsoTakes?: string[];
  response: Shape;
  /** The shape of the response's `items`. */
  item?: Shape;
  /** The ticket that the operation needs in order to succeed. */
  on?: TicketState;
  /** Its samples, without the fields that it abbreviates (`"status": { }`). */
  sample?: { request?: object; response?: object };
}

const files: Field = { type: 'array', items: 'uuid', min: 1, max: 10 };
const text: Field = { type: 'string', min: 1, max: 50_000, required: true };
const note: Field = { type: 'string', min: 1, ours: { max: 50_000 } };
const score: Field = { type: 'integer', format: 'int32', min: 1, max: 10 };

const time = '2019-08-24T14:15:22Z';
const voteSample = {
  request: { comment: 'string', score: 1 },
  response: { comment: 'string', created_at: time, score: 0 },
};
const ticketSample = {
  client_aliased_name: 'string',
  closed_at: time,
  created_at: time,
  is_client_author: true,
  is_client_read: true,
  is_closed: true,
  is_resolved: true,
  number: 0,
  splitted_from_ticket_number: 0,
  summary: 'string',
  type: null,
  updated_at: time,
};
const commentSample = {
  body: 'string',
  id: 0,
  is_client_author: true,
  is_client_read: true,
  sent_at: time,
  splitted_at: time,
  splitted_to_ticket_number: 0,
  vote: null,
};

export const vote = { score: 'integer', comment: 'string?', created_at: 'date-time' };

export const ticket = {
  client_aliased_name: 'string?',
  client_emails: 'string[]',
  closed_at: 'date-time?',
  created_at: 'date-time',
  is_client_author: 'boolean',
  is_client_read: 'boolean',
  is_closed: 'boolean',
  is_resolved: 'boolean',
  number: 'integer',
  splitted_from_ticket_number: 'integer?',
  status: 'object',
  summary: 'string',
  type: 'string?',
  updated_at: 'date-time',
  vote: 'object?',
};

export const comment = {
  files: 'object[]',
  body: 'string',
  id: 'integer',
  is_client_author: 'boolean',
  is_client_read: 'boolean',
  sent_at: 'date-time',
  splitted_at: 'date-time?',
  splitted_to_ticket_number: 'integer?',
  vote: 'object?',
};

/** Our fields, besides those of the document. */
const ours = new Map<Shape, Shape>([
  [
    ticket,
    {
      status_key: 'string',
      topic_key: 'string?',
      is_await_client: 'boolean',
      is_await_support: 'boolean',
      is_can_be_voted: 'boolean',
      can: 'object',
      merged_into_ticket_number: 'integer?',
      access_level: 'string',
      keystone_projects: 'string[]',
      notice_id: 'integer|string?',
    },
  ],
  [
    comment,
    {
      author_name: 'string?',
      merged_from_ticket_number: 'integer?',
      redacted_at: 'date-time?',
      redacted_by: 'string?',
      redacted_files: 'object[]',
      can: 'object',
    },
  ],
]);

/** The document's shape with our fields. */
export const withOurs = (shape: Shape): Shape => ({ ...shape, ...ours.get(shape) });

/** The document shows these as objects; their fields are ours, except those of a vote. */
export const nested: Record<string, Shape> = {
  vote,
  status: { en: 'string', ru: 'string' },
  name: { en: 'string', ru: 'string' },
  files: {
    uuid: 'string',
    name: 'string',
    size: 'integer',
    extension: 'string',
    content_type: 'string',
    created_at: 'date-time',
  },
};
const topic = { key: 'string', name: 'object' };

const items = { items: 'object[]' };
const page = {
  item_count: 'integer',
  items: 'object[]',
  items_per_page: 'integer',
  page: 'integer',
  page_count: 'integer',
};
ours.set(page, { after: 'string?' });

export const operations: Operation[] = [
  {
    name: 'Create ticket',
    sample: {
      request: { comment_body: 'my first comment', summary: 'new test ticket' },
      response: ticketSample,
    },
    methods: ['post'],
    path: '/support/tickets',
    alsoTakes: ['access_level', 'keystone_projects', 'notice_id'],
    body: {
      files,
      client_aliased_name: { type: 'string', min: 1, ours: { max: 255 } },
      client_emails: { type: 'array', items: 'email', min: 1, ours: { max: 10 } },
      comment_body: text,
      summary: { type: 'string', min: 1, max: 255, required: true },
      topic_key: { type: 'string', min: 1, ours: { max: 100 } },
    },
    response: ticket,
  },
  {
    name: 'Returns all tickets',
    sample: { response: { item_count: 0, page_count: 0 } },
    methods: ['get'],
    path: '/support/tickets',
    alsoTakes: [
      'status_key',
      'topic_key',
      'is_client_read',
      'updated_from',
      'created_from',
      'sort',
      'after',
      'access_level',
      'keystone_projects',
      'notice_id',
    ],
    query: {
      only_opened: { type: 'boolean' },
      page: { type: 'integer', format: 'int32', min: 1, default: 1, ours: { max: 2_147_483_647 } },
      only_closed: { type: 'boolean' },
      q: { type: 'string', min: 1, ours: { max: 1000 } },
      items_per_page: { type: 'integer', format: 'int32', min: 1, max: 1000, default: 10 },
    },
    response: page,
    item: ticket,
  },
  {
    name: 'Find ticket by number',
    sample: { response: ticketSample },
    methods: ['get'],
    path: '/support/tickets/{ticket_number}',
    on: 'open',
    response: ticket,
  },
  {
    name: 'Modify ticket properties',
    sample: { response: ticketSample },
    methods: ['patch', 'put'],
    path: '/support/tickets/{ticket_number}',
    on: 'open',
    alsoTakes: ['access_level', 'keystone_projects'],
    body: {
      client_aliased_name: { type: 'string', min: 1, nullable: true, ours: { max: 255 } },
      client_emails: { type: 'array', items: 'email', ours: { min: 0, max: 10 } },
    },
    response: ticket,
  },
  {
    name: 'Close ticket',
    sample: { request: voteSample.request, response: ticketSample },
    methods: ['post'],
    path: '/support/tickets/{ticket_number}/close',
    on: 'replied',
    body: { comment: note, score },
    response: ticket,
  },
  {
    name: 'Reopen ticket',
    sample: { response: ticketSample },
    methods: ['post'],
    path: '/support/tickets/{ticket_number}/reopen',
    on: 'closed',
    body: { files, body: text },
    response: ticket,
  },
  {
    name: 'Evaluating of ticket',
    sample: voteSample,
    methods: ['post'],
    path: '/support/tickets/{ticket_number}/vote',
    on: 'resolved',
    body: { comment: note, score: { ...score, required: true } },
    response: vote,
  },
  {
    name: 'Create comment to ticket',
    sample: { request: { body: 'my second comment' }, response: commentSample },
    methods: ['post'],
    path: '/support/tickets/{ticket_number}/comments',
    on: 'open',
    body: { files, body: text },
    response: comment,
  },
  {
    name: 'Returns ticket comments',
    methods: ['get'],
    path: '/support/tickets/{ticket_number}/comments',
    alsoTakes: ['after', 'before', 'limit', 'sort'],
    on: 'open',
    response: items,
    item: comment,
  },
  {
    name: 'Find comment by ID',
    sample: { response: commentSample },
    methods: ['get'],
    path: '/support/comments/{comment_id}',
    on: 'replied',
    response: comment,
  },
  {
    name: 'Evaluating of comment',
    sample: voteSample,
    methods: ['post'],
    path: '/support/comments/{comment_id}/vote',
    on: 'replied',
    body: {
      comment: note,
      score: { type: 'integer', format: 'int32', enum: [1, -1], required: true },
    },
    response: vote,
  },
  { name: 'Returns all topics', methods: ['get'], path: '/support/topics', response: items, item: topic },
];
