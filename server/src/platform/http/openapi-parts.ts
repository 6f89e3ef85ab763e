/** The parts of the OpenAPI document that belong to no single route. */
import type { RouteOptions } from 'fastify';

export const info = {
  title: 'Paneldesk',
  summary: 'Support tickets in a hosting control panel.',
  description: [
    'Everything under `/support` and `/files` is for clients, with the key of an account. It has the operations and fields of',
    'the Tickets API v1.1.0, and more. Everything under `/staff` is for staff, with the key of a team member.',
    '',
    'Success is `200`. Every documented field is always present; it is `null` or `[]` if empty. Times are RFC 3339 in UTC.',
    'Lengths count Unicode code points. A body may have at most 1 MiB, and only fields that the operation lists.',
    '',
    'Any operation may return `408` for a request that arrives too slowly, and `431` for headers over 16 KiB.',
    'An operation without a body may return `413` or `415` if one is sent.',
  ].join('\n'),
  contact: { name: 'The operator of this instance' },
};

/** Variables, so that an importer asks for them. The reference of a running server uses its own address. */
export const servers = [
  {
    url: '{scheme}://{host}',
    description: 'An instance of Paneldesk.',
    variables: {
      scheme: {
        default: 'http',
        enum: ['http', 'https'],
        description: '`https`, except on your own machine.',
      },
      host: {
        default: 'localhost:8080',
        description: 'The host name of the instance, with the port if it is not the default.',
      },
    },
  },
];

export const tags = [
  { name: 'Tickets', description: 'Tickets of the account.' },
  { name: 'Comments', description: 'Comments of a ticket.' },
  { name: 'Sessions', description: 'Sessions of contacts whom the panel of the host signs in.' },
  { name: 'Topics', description: 'Topics of tickets.' },
  { name: 'Incidents', description: 'Known incidents that the host has announced.' },
  { name: 'Files', description: 'Files. Upload them first, then use their UUIDs in a ticket or a comment.' },
  { name: 'Events', description: 'Live events of the account’s tickets.' },
  { name: 'Staff: tickets', description: 'Reply, resolve, close, split, merge, snooze and move.' },
  {
    name: 'Staff: queue',
    description: 'Tickets of all accounts, saved views, and work on many tickets at once.',
  },
  {
    name: 'Staff: reports',
    description: 'Volume, response and resolution times, SLA, backlog and votes.',
  },
  { name: 'Staff: audit', description: 'The audit log.' },
  {
    name: 'Staff: canned responses',
    description: 'Texts with placeholders, own and shared.',
  },
  { name: 'Staff: tags', description: 'Tags of tickets.' },
  {
    name: 'Staff: SLA and inactivity',
    description: 'SLA policies, calendars of business hours, and inactivity rules.',
  },
  { name: 'Staff: topics and states', description: 'Topics and names of states.' },
  { name: 'Staff: incidents', description: 'Known incidents, of which clients are told.' },
  { name: 'Staff: accounts and tokens', description: 'Accounts, the sync with a panel, and keys.' },
  { name: 'Staff: people', description: 'Team members, their roles and their second factor.' },
  { name: 'Staff: signing in', description: 'Sign-in and sessions of team members.' },
  { name: 'Staff: single sign-on', description: 'Single sign-on of clients from the panel of the host.' },
  { name: 'Staff: events', description: 'The feed of all events, in commit order.' },
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
    'Makes a retry safe: for 24 hours, the same request with the same key gets the first response again.',
    { minLength: 1, maxLength: 255 },
  ),
  'If-Match': header('If-Match', 'The ETag of the ticket. Returns 412 if the ticket has changed since.'),
  'If-None-Match': header(
    'If-None-Match',
    'An ETag from an earlier response. Returns 304 if nothing has changed since.',
  ),
  'Last-Event-ID': header(
    'Last-Event-ID',
    'The cursor of the last event that was received. The stream continues after it. Browsers send this header by themselves.',
  ),
  Prefer: header('Prefer', '`read-receipt=none`: do not mark the comments as read.'),
  Range: header('Range', 'One range of bytes, such as `bytes=0-1023`.'),
};
export type HeaderName = keyof typeof parameters;

const retryAfter = { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' as const } } };
const problem = { $ref: '#/components/schemas/Problem' };

/** Every refusal is a Problem: its name in the document, its status and its meaning. */
const refusals = {
  Invalid: [
    400,
    'The request is invalid, or a rule forbids it. `code` and `errors` say what is wrong and where.',
  ],
  Unauthorized: [401, 'The key is missing, unknown, disabled or expired.'],
  Forbidden: [
    403,
    'The key is valid, but not for this operation: it is of another kind, or lacks the scope.',
  ],
  NotFound: [404, 'It does not exist, or it belongs to another account.'],
  Conflict: [409, 'The state does not allow it, or a request with the same Idempotency-Key is in progress.'],
  ChangedMeanwhile: [412, 'The ticket has changed since `If-Match`.'],
  TooLarge: [413, 'The body is too large.'],
  UnsupportedType: [415, 'The type of the body is not supported.'],
  RangeNotSatisfiable: [416, 'The range is outside the file.'],
  KeyReused: [422, 'This Idempotency-Key was used for another request.'],
  TooManyRequests: [429, 'Too many requests. Retry after the time in `Retry-After`.', retryAfter],
  Broken: [500, 'An error of the server. Its log has the details under `request_id`.'],
  Unavailable: [
    503,
    'The database or the file storage does not respond, or the server is busy. Retry later.',
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
        'A static key. `x-access` of an operation lists who may call it (`client`, `session`, `staff`, `admin`, `service`). `x-scopes` lists the scope that a limited key needs.',
    },
    session: {
      type: 'apiKey' as const,
      in: 'cookie' as const,
      name: '__Host-paneldesk',
      description:
        'The session of a team member who has signed in. It is ignored if X-Token is sent. A write that a browser sends from a page of another site gets 403 `cross_site`.',
    },
  },
  parameters,
  headers: {
    ETag: { description: 'For If-None-Match. The ETag of a ticket is also for If-Match.', schema: text },
  },
  responses: {
    NotModified: { description: 'Nothing has changed since that ETag.' },
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
