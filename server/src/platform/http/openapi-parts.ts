/** The parts of the OpenAPI document that belong to no single route. */
import type { RouteOptions } from 'fastify';

export const info = {
  title: 'Paneldesk',
  summary: 'The support instance inside a hosting control panel.',
  description: [
    'Everything under `/support` and `/files` is for clients, with the key of an account: the operations and fields of',
    'the Tickets API v1.1.0, and some more. Everything under `/staff` is for support, with the key of a staff member.',
    '',
    'Success is `200`. Every documented field is always there, `null` or `[]` when empty. Times are RFC 3339 in UTC.',
    'Lengths count Unicode code points. A body has at most 1 MiB and no field that the operation does not name.',
    '',
    'What arrives too slowly is refused with `408`, headers over 16 KiB with `431`, before it is known what they ask for.',
    'A body that an operation does not ask for may be refused with `413` or `415`.',
  ].join('\n'),
  contact: { name: 'Whoever runs this instance' },
};

/** Variables, so that an importer asks for them. The reference of a running server uses its own address. */
export const servers = [
  {
    url: '{scheme}://{host}',
    description: 'An instance.',
    variables: {
      scheme: {
        default: 'http',
        enum: ['http', 'https'],
        description: '`https` everywhere but on one’s own machine.',
      },
      host: {
        default: 'localhost:8080',
        description: 'Where the instance is reached, with its port if it is not the usual one.',
      },
    },
  },
];

export const tags = [
  { name: 'Tickets', description: 'What the account asks of support.' },
  { name: 'Comments', description: 'The conversation of a ticket.' },
  { name: 'Sessions', description: 'People whom the host’s panel hands over.' },
  { name: 'Topics', description: 'What a ticket can be about.' },
  { name: 'Files', description: 'Uploaded first, then named in a ticket, a comment or a reopening.' },
  { name: 'Events', description: 'What happens to the account’s tickets, live.' },
  { name: 'Staff: tickets', description: 'Answering, resolving, closing, splitting.' },
  {
    name: 'Staff: queue',
    description: 'Tickets of all accounts, saved views, and work on many tickets at once.',
  },
  {
    name: 'Staff: reports',
    description: 'What came in, how fast it was answered, and what clients thought of it.',
  },
  { name: 'Staff: audit', description: 'Who did what.' },
  {
    name: 'Staff: canned responses',
    description: 'Canned responses: texts with placeholders, one’s own and shared.',
  },
  { name: 'Staff: tags', description: 'Words that tickets are found by.' },
  {
    name: 'Staff: SLA targets',
    description: 'SLA policies, calendars of business hours, and inactivity rules.',
  },
  { name: 'Staff: topics and states', description: 'Names that an admin edits.' },
  { name: 'Staff: accounts and tokens', description: 'Customers, for the panel’s sync, and their keys.' },
  { name: 'Staff: people', description: 'Members of support, their roles and their second factor.' },
  { name: 'Staff: signing in', description: 'Sessions of people, in a cookie, beside the keys of programs.' },
  { name: 'Staff: single sign-on', description: 'Signing clients in from the host’s panel.' },
  { name: 'Staff: events', description: 'Everything that happens, in commit order.' },
];

const text = { type: 'string' as const };

/** Binary data: `format` is for tools written for OpenAPI 3.0, `contentMediaType` is what 3.1 defines. */
export const bytes = {
  'application/octet-stream': {
    schema: { type: 'string', format: 'binary', contentMediaType: 'application/octet-stream' },
  },
};
export const csv = { 'text/csv': { schema: { type: 'string' } } };
/** OpenAPI 3.1 cannot describe a stream of messages: this is the schema of each message's `data`, one of these. */
export const eventStream = (event: string, ...others: string[]) => {
  const schema = others.length === 0 ? refTo(event) : { oneOf: [event, ...others].map(refTo) };
  return { 'text/event-stream': { schema } };
};
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A form with one file in the field `file`. */
export const upload = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { ...bytes['application/octet-stream'].schema, description: 'The file, with its name.' },
      },
    },
  },
};

const header = (name: string, description: string, limits: object = {}) => ({
  in: 'header' as const,
  name,
  required: false,
  description,
  schema: { ...text, ...limits },
});

const parameters = {
  'Idempotency-Key': header(
    'Idempotency-Key',
    'Makes a retry safe: the same request with the same key gets the first response again, for 24 hours.',
    { minLength: 1, maxLength: 255 },
  ),
  'If-Match': header('If-Match', 'The ETag of the ticket: refuses with a 412 when it has changed since.'),
  'If-None-Match': header('If-None-Match', 'An ETag seen before: a 304 when it still holds.'),
  'Last-Event-ID': header('Last-Event-ID', 'The cursor to go on behind; browsers send it by themselves.'),
  Prefer: header('Prefer', '`read-receipt=none` leaves the comments unread.'),
  Range: header('Range', 'One range of bytes, such as `bytes=0-1023`.'),
};
export type HeaderName = keyof typeof parameters;

const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' as const } } };
const problem = { $ref: '#/components/schemas/Problem' };

/** Every refusal is a Problem: its name in the document, its status and its meaning. */
const refusals = {
  Invalid: [400, 'The request does not fit, or a rule forbids it: `code` and `errors` say what and where.'],
  Unauthorized: [401, 'The key is missing, unknown, disabled or expired.'],
  Forbidden: [403, 'The key is good, but not for this: of another kind, or without the scope.'],
  NotFound: [404, 'There is no such thing, or it is another account’s.'],
  Conflict: [409, 'The state does not allow it, or a request with this Idempotency-Key is in progress.'],
  ChangedMeanwhile: [412, 'The ticket has changed since `If-Match`.'],
  TooLarge: [413, 'The body is too large.'],
  UnsupportedType: [415, 'The body is of a type that is not taken here.'],
  RangeNotSatisfiable: [416, 'The range lies outside the file.'],
  KeyReused: [422, 'This Idempotency-Key was used for another request.'],
  TooManyRequests: [429, 'Too many for now: `Retry-After` says when to come back.', retryAfter],
  Broken: [500, 'A fault of ours: the log has it under `request_id`.'],
  Unavailable: [
    503,
    'The database or the file store does not answer, or the server is busy: try again.',
    retryAfter,
  ],
} as const satisfies Record<string, readonly [number, string, object?]>;
export type RefusalName = keyof typeof refusals;

export const components = {
  securitySchemes: {
    token: {
      type: 'apiKey' as const,
      in: 'header' as const,
      name: 'X-Token',
      description:
        'A static key. `x-access` of an operation names who may (`client`, `session`, `staff`, `admin`, `service`), `x-scopes` the scope that a limited key needs.',
    },
    session: {
      type: 'apiKey' as const,
      in: 'cookie' as const,
      name: '__Host-paneldesk',
      description:
        'A person of staff who has signed in. X-Token, when it is sent, decides alone. A write that a browser sends from a page that is not ours is a 403 `cross_site`.',
    },
  },
  parameters,
  headers: {
    ETag: { description: 'For If-None-Match, and of a ticket for If-Match.', schema: text },
  },
  responses: {
    NotModified: { description: 'What was seen before still holds.' },
    ...Object.fromEntries(
      Object.entries(refusals).map(([name, [, description, headers]]) => [
        name,
        { description, headers, content: { 'application/problem+json': { schema: problem } } },
      ]),
    ),
  },
};

/** The refusals that an operation may respond with, by status. */
export function refusalsOf({ method, url, config = {}, schema }: RouteOptions): Record<string, object> {
  const isPost = method === 'POST';
  const hasBody = Boolean(schema?.body ?? config.requestBody);
  const headers = config.headers ?? [];
  const applies: Record<RefusalName, boolean> = {
    Invalid: true,
    Unauthorized: config.access !== 'public',
    Forbidden: config.access !== 'public',
    NotFound: url.includes('/:'),
    Conflict: isPost && config.access !== 'public',
    ChangedMeanwhile: headers.includes('If-Match'),
    TooLarge: hasBody,
    UnsupportedType: hasBody,
    RangeNotSatisfiable: headers.includes('Range'),
    KeyReused: isPost && config.access !== 'public',
    TooManyRequests: config.limit !== undefined || headers.includes('Last-Event-ID'),
    Broken: true,
    Unavailable: true,
  };
  return Object.fromEntries(
    Object.entries(refusals)
      .filter(([name]) => applies[name as RefusalName] || config.refuses?.includes(name as RefusalName))
      .map(([name, [status]]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
