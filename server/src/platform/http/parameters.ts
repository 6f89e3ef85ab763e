/** Path and query parameters: strict decoding, then the types of the route's schema, spelled one way only. */
import type { FastifyRequest } from 'fastify';
import { type ApiError, type FieldError, invalid, notFound } from '#errors.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';
import { VISIBLE } from './schemas.ts';

interface ObjectSchema {
  properties?: Record<string, { type?: string; format?: string }>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Others decide what the query has, such as an identity provider. */
    takesAnyQuery?: boolean;
  }
}

/** Why a query could not be read: the router that asks for it can only be told in the query itself. */
const unreadable = Symbol('unreadable');

interface Query {
  [name: string]: unknown;
  [unreadable]?: ApiError;
}

/** No schema of ours takes a list. What was given is not collected: a long query would take seconds. */
const givenTwice: unknown[] = [];

/** `?a=1&b=2`; a name given twice becomes a list. Never throws: it would end the process. */
export function parseQuery(query: string): Query {
  const parameters: Query = Object.create(null);
  try {
    readPairs(query, parameters);
  } catch (error) {
    parameters[unreadable] = error as ApiError; // decode throws nothing else
  }
  return parameters;
}

function readPairs(query: string, parameters: Query) {
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
    parameters[name] = name in parameters ? givenTwice : value;
  }
}

/**
 * Turns the text of parameters into the numbers and booleans of the route's schema. A number that does not fit in the
 * query stays text, for the schema to refuse; in the path it names something that does not exist. Throws a 400 for a
 * query that could not be read.
 */
export function typeParameters(request: FastifyRequest) {
  const { querystring, params } = request.routeOptions.schema ?? {};
  const query = request.query as Query;
  if (query[unreadable]) throw query[unreadable];
  if (isStrict(request)) refuseUnknown(query, querystring as ObjectSchema | undefined);
  if (querystring) convert(query, querystring as ObjectSchema);
  if (params) {
    const path = request.params as Record<string, unknown>;
    convert(path, params as ObjectSchema);
    for (const [name, schema] of Object.entries((params as ObjectSchema).properties ?? {})) {
      if (!canExist(path[name], schema)) throw notFound(nouns[name] ?? 'page');
    }
  }
}

/** For parameters that exclude each other, before defaults are put in. */
export function refuseBoth({ query }: FastifyRequest, one: string, other: string) {
  const given = query as Query;
  if (given[one] === undefined || given[other] === undefined) return;
  const errors = [one, other].map((pointer) => ({ pointer, detail: 'excludes the other' }));
  throw invalid('invalid_request', `Ask for ${one} or for ${other}.`, errors);
}

/** Our own operations refuse what they do not know; those of the given document have always passed over it. */
const isStrict = ({ routeOptions: { url = '', config } }: FastifyRequest) =>
  url.startsWith('/staff') && !config.takesAnyQuery;

function refuseUnknown(query: Query, { properties = {} }: ObjectSchema = {}) {
  const unknown = Object.keys(query).filter((name) => !Object.hasOwn(properties, name));
  if (unknown.length === 0) return;
  const known = Object.keys(properties).join(', ');
  const errors = unknown.slice(0, 20).map((name) => ({
    pointer: name.slice(0, 100),
    detail: known === '' ? 'is unknown: there are no parameters here' : `is unknown: there are ${known}`,
  }));
  throw invalid('invalid_request', 'The query has a parameter that this operation does not know.', errors);
}

/** What a path parameter names, for a value that cannot name anything. */
const nouns: Record<string, string> = {
  account_id: 'account',
  inactivity_rule_id: 'inactivity rule',
  bulk_id: 'bulk',
  erasure_id: 'erasure',
  calendar_id: 'calendar',
  canned_response_id: 'canned response',
  comment_id: 'comment',
  external_id: 'account',
  delayed_reply_id: 'delayed reply',
  kid: 'sso key',
  own_token_id: 'token',
  session_id: 'session',
  set_aside_event_id: 'set aside event',
  sla_policy_id: 'sla policy',
  staff_id: 'staff member',
  status_key: 'status',
  tag: 'tag',
  ticket_number: 'ticket',
  token_id: 'token',
  topic_key: 'topic',
  uuid: 'file',
  view_id: 'view',
};

function canExist(value: unknown, { type, format }: { type?: string; format?: string }): boolean {
  if (type === 'integer') return typeof value === 'number';
  if (format === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(value));
  return !unstorableReason(String(value));
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    const detail = unstorableReason(decoded);
    if (detail) throw invalid('invalid_request', `The query ${detail}.`);
    return decoded;
  } catch (error) {
    if (error instanceof URIError)
      throw invalid('invalid_request', 'The query is not percent-encoded UTF-8.');
    throw error;
  }
}

function convert(values: Record<string, unknown>, schema: ObjectSchema) {
  for (const [name, { type }] of Object.entries(schema.properties ?? {})) {
    const text = values[name];
    if (typeof text !== 'string') continue;
    if (type === 'integer' && /^(0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text))) {
      values[name] = Number(text);
    } else if (type === 'boolean' && /^(true|false|1|0)$/i.test(text)) {
      values[name] = text === '1' || text.toLowerCase() === 'true';
    }
  }
}

/** What ajv found, as pointers and sentences; twenty are enough to see what is wrong. */
export function fieldErrors(
  context: string | undefined,
  errors: Array<{ instancePath?: string; keyword: string; message?: string; params?: object }>,
): FieldError[] {
  return errors.slice(0, 20).map(({ instancePath = '', keyword, message = 'does not fit', params = {} }) => {
    const { missingProperty, additionalProperty, allowedValues, pattern } = params as Record<string, unknown>;
    const name = missingProperty ?? additionalProperty;
    const path = name === undefined ? instancePath : `${instancePath}/${String(name)}`;
    const pointer = context === 'querystring' ? path.slice(1) : path;
    if (keyword === 'required') return { pointer, detail: 'is required' };
    if (keyword === 'additionalProperties') return { pointer, detail: 'is not a field of this request' };
    if (keyword === 'enum')
      return { pointer, detail: `must be one of ${JSON.stringify(allowedValues).slice(1, -1)}` };
    if (keyword === 'pattern' && pattern === VISIBLE) return { pointer, detail: 'must not be blank' };
    return { pointer, detail: message };
  });
}
