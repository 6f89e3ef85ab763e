/**
 * Path and query parameters: strict decoding, then conversion to the types of the route's schema, with one spelling
 * per value.
 */
import type { FastifyRequest } from 'fastify';
import { type ApiError, invalid, notFound } from '#errors.ts';
import { unstorableReason } from '#platform/db/unstorable.ts';

interface ObjectSchema {
  properties?: Record<string, { type?: string; format?: string }>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Another party decides the query, such as an identity provider. */
    allowsAnyQuery?: boolean;
  }
}

/** Why a query could not be parsed. The router's parser has no other way to report it than in the query object. */
const parseError = Symbol('unreadable');

interface Query {
  [name: string]: unknown;
  [parseError]?: ApiError;
}

/**
 * Marks a parameter given twice. No schema takes a list, so the values are not collected: a long query would take
 * seconds.
 */
const repeated: unknown[] = [];

/** Parses `?a=1&b=2`. Never throws, because that would end the process. */
export function parseQuery(query: string): Query {
  const parameters: Query = Object.create(null);
  try {
    readPairs(query, parameters);
  } catch (error) {
    parameters[parseError] = error as ApiError; // decode throws only ApiErrors
  }
  return parameters;
}

function readPairs(query: string, parameters: Query) {
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
    parameters[name] = name in parameters ? repeated : value;
  }
}

/**
 * Converts parameters to the numbers and booleans of the route's schema. In the query, a number that cannot be
 * converted stays text and the schema refuses it; in the path it is a 404. Throws a 400 for a query that could not be
 * parsed.
 */
export function convertParameters(request: FastifyRequest) {
  const { querystring, params } = request.routeOptions.schema ?? {};
  const query = request.query as Query;
  if (query[parseError]) throw query[parseError];
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

/** Refuses parameters that exclude each other. Must run before defaults are set. */
export function refuseBoth({ query }: FastifyRequest, one: string, other: string) {
  const given = query as Query;
  if (given[one] === undefined || given[other] === undefined) return;
  const errors = [one, other].map((pointer) => ({ pointer, detail: 'cannot be combined with the other' }));
  throw invalid('invalid_request', `Send either ${one} or ${other}.`, errors);
}

/** Paneldesk's own operations refuse unknown parameters. Those of the given document have always ignored them. */
const isStrict = ({ routeOptions: { url = '', config } }: FastifyRequest) =>
  url.startsWith('/staff') && !config.allowsAnyQuery;

function refuseUnknown(query: Query, { properties = {} }: ObjectSchema = {}) {
  const unknown = Object.keys(query).filter((name) => !Object.hasOwn(properties, name));
  if (unknown.length === 0) return;
  const known = Object.keys(properties).join(', ');
  const errors = unknown.slice(0, 20).map((name) => ({
    pointer: name.slice(0, 100),
    detail:
      known === ''
        ? 'is unknown. This operation has no parameters'
        : `is unknown. The parameters are ${known}`,
  }));
  throw invalid('invalid_request', 'The query has an unknown parameter: see errors.', errors);
}

/** What a path parameter names, for the message of the 404. */
const nouns: Record<string, string> = {
  account_id: 'account',
  inactivity_rule_id: 'inactivity rule',
  incident_id: 'incident',
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
