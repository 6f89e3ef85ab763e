/** What the reference says about an operation besides its schemas. */
import type { FastifyContextConfig, RouteOptions } from 'fastify';
import { type HeaderName, type RefusalName, refusalsOf } from './openapi-parts.ts';

type Content = Record<string, { schema: object }>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Request headers that affect this operation. */
    headers?: HeaderName[];
    /** A request body without a JSON schema, such as a multipart one. */
    requestBody?: Content;
    /** Where the operation redirects to, instead of a response body. */
    redirects?: string;
    /** Refusals that follow neither from the access nor from the schema. */
    refuses?: RefusalName[];
    /** The response when it is not JSON. */
    produces?: Content;
    /** Parameters that work but are not published, because another operation does the same. */
    unpublished?: string[];
  }
}

export interface Operation {
  operationId?: string;
  requestBody?: { required?: boolean; content?: Record<string, { schema: BodySchema }> };
  parameters?: Array<{ $ref?: string; name?: string; required?: boolean; schema?: { default?: unknown } }>;
  responses?: Record<string, { description?: string; content?: Record<string, object> }>;
  security?: object[];
  'x-access'?: string[];
  'x-scopes'?: string[];
}

interface BodySchema {
  required?: string[];
  minProperties?: number;
}

/** Completes an operation with what the route's schema cannot say. */
export function complete(operation: Operation, route: RouteOptions) {
  const { requestBody } = route.config ?? {};
  Object.assign(operation, securityOf(route));
  operation.parameters = [...parametersOf(operation, route), ...headersOf(route)];
  if (operation.parameters.length === 0) delete operation.parameters;
  if (requestBody) operation.requestBody = { required: true, content: requestBody };
  const body = operation.requestBody?.content?.['application/json']?.schema;
  if (operation.requestBody && body) {
    operation.requestBody.required = Boolean(body.required?.length || body.minProperties);
  }
  operation.responses = { ...successOf(operation, route), ...refusalsOf(route) };
}

/** Every status that the route may respond with. */
export const statusesOf = (route: RouteOptions): number[] =>
  Object.keys({ ...successOf({}, route), ...refusalsOf(route) }).map(Number);

/** Roles are published in an extension field: OpenAPI tools expect no scopes on an API key in a header. */
function securityOf(route: RouteOptions): Pick<Operation, 'security' | 'x-access' | 'x-scopes'> {
  const { access = 'public', service, scopes = {} } = route.config ?? {};
  if (access === 'public') return { security: [] };
  const ways = access === 'staff' || access === 'admin' ? [{ token: [] }, { session: [] }] : [{ token: [] }];
  const who = service && access !== 'service' ? [access, 'service'] : [access];
  return { security: ways, 'x-access': who, 'x-scopes': Object.values(scopes) };
}

function parametersOf({ parameters = [] }: Operation, { config = {} }: RouteOptions) {
  return parameters
    .filter(({ name = '' }) => !config.unpublished?.includes(name))
    .map((one) => (one.schema?.default === undefined ? one : { ...one, required: false }));
}

/** A POST takes an Idempotency-Key; a read with an ETag takes If-None-Match. */
function headersOf({ method, config = {} }: RouteOptions) {
  const isRepeatable = method === 'POST' && config.access !== 'public';
  const derived: HeaderName[] = isRepeatable
    ? ['Idempotency-Key']
    : isTagged(method, config)
      ? ['If-None-Match']
      : [];
  return [...derived, ...(config.headers ?? [])].map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }));
}

/** Every read has an ETag, except streams and redirects. */
const isTagged = (method: RouteOptions['method'], { produces = {}, redirects }: FastifyContextConfig) =>
  method === 'GET' && !('text/event-stream' in produces) && !redirects;

function successOf(
  { responses = {} }: Operation,
  { method, config = {} }: RouteOptions,
): Record<string, object> {
  if (config.redirects) return { 302: { description: config.redirects } };
  const { description = 'Done.', content } = responses['200'] ?? {};
  const { produces, headers = [] } = config;
  const ok = {
    description: description === 'Default Response' ? 'Done.' : description,
    content: produces ?? content,
  };
  if (!isTagged(method, config)) return { 200: ok };
  const tagged = { ...ok, headers: { ETag: { $ref: '#/components/headers/ETag' } } };
  const notModified = { $ref: '#/components/responses/NotModified' };
  return headers.includes('Range')
    ? { 200: tagged, 206: { ...tagged, description: 'The requested range of bytes.' }, 304: notModified }
    : { 200: tagged, 304: notModified };
}
