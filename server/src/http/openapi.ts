/** OpenAPI 3.1 from the routes, at /openapi.json, and a readable reference at /docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyContextConfig, FastifyInstance, RouteOptions } from 'fastify';
import { scopeOf } from '../tokens/scopes.ts';
import { components, type HeaderName, info, type RefusalName, refusalsOf, tags } from './openapi-parts.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Request headers that change what this operation does. */
    headers?: HeaderName[];
    /** A request body that no schema checks, such as a multipart one. */
    requestBody?: Record<string, { schema: object }>;
    /** Where a browser is sent, in place of an answer. */
    redirects?: string;
    /** Refusals that neither access nor schema tell of. */
    refuses?: RefusalName[];
    /** A content type of the answer other than JSON. */
    produces?: string;
  }
}

interface Operation {
  operationId?: string;
  requestBody?: { required?: boolean; content?: Record<string, { schema: BodySchema }> };
  parameters?: Array<{ $ref?: string; required?: boolean; schema?: { default?: unknown } }>;
  responses?: Record<string, { description?: string; content?: object }>;
  security?: object[];
  'x-scopes'?: string[];
}

interface BodySchema {
  required?: string[];
  minProperties?: number;
}

export async function describeApi(app: FastifyInstance, version: string) {
  const routes = new Map<string, RouteOptions>();
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { ...info, version }, servers: [{ url: '/' }], tags, components },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => {
      const { operationId } = schema ?? {};
      if (route.method === 'HEAD') return { schema: { ...schema, hide: true }, url };
      if (operationId) routes.set(operationId, route);
      return { schema, url };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const api = document.openapiObject;
      for (const path of Object.values(api.paths ?? {})) {
        for (const operation of Object.values(path ?? {}) as Operation[]) {
          const route = routes.get(operation.operationId ?? '');
          if (!route) throw new Error('Every operation needs an operationId of its own.');
          complete(operation, route);
        }
      }
      return api;
    },
  });

  const hidden = { config: { access: 'public' as const }, schema: { hide: true } };
  app.get('/openapi.json', hidden, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
  await app.register(async (reference) => {
    reference.addHook('onRoute', (route) => {
      route.config = { ...route.config, ...hidden.config };
      route.schema = { ...route.schema, ...hidden.schema };
    });
    await reference.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: { docExpansion: 'list', tryItOutEnabled: true },
      theme: {
        title: 'Paneldesk API',
        css: [{ filename: 'paneldesk.css', content: '.swagger-ui .topbar { display: none }' }],
      },
    });
  });
}

/** Puts in what the route's schema cannot say. */
function complete(operation: Operation, route: RouteOptions) {
  const { access, service, requestBody } = route.config ?? {};
  if (access !== 'public') {
    operation.security = waysIn(String(access));
    if (service && access !== 'service') operation.security.push({ token: ['service'] });
    operation['x-scopes'] = scopesOf(route);
  }

  for (const parameter of operation.parameters ?? []) {
    if (parameter.schema?.default !== undefined) parameter.required = false;
  }
  const headers = headersOf(route).map((name) => ({ $ref: `#/components/parameters/${name}` }));
  if (headers.length > 0) operation.parameters = [...(operation.parameters ?? []), ...headers];

  if (requestBody) operation.requestBody = { required: true, content: requestBody };
  const body = operation.requestBody?.content?.['application/json']?.schema;
  if (operation.requestBody && body) {
    operation.requestBody.required = Boolean(body.required?.length || body.minProperties);
  }
  operation.responses = { ...successOf(operation, route), ...refusalsOf(route) };
}

/** Clients have keys only, people of staff sessions as well. */
const waysIn = (access: string): object[] =>
  access === 'staff' || access === 'admin'
    ? [{ token: [access] }, { session: [access] }]
    : [{ token: [access] }];

/** The scope for each kind of key that may. */
function scopesOf({ method, url, config = {} }: RouteOptions): string[] {
  const { access, service } = config;
  if (access === undefined) return [];
  const route = { method: String(method), url, access, service };
  return (['client', 'staff', 'service'] as const).flatMap((kind) => scopeOf(kind, route) ?? []);
}

/** A POST takes an Idempotency-Key, a read whose answer is tagged takes If-None-Match. */
function headersOf({ method, config = {} }: RouteOptions): HeaderName[] {
  const derived: HeaderName[] =
    method === 'POST' && config.access !== 'public'
      ? ['Idempotency-Key']
      : isTagged(method, config)
        ? ['If-None-Match']
        : [];
  return [...derived, ...(config.headers ?? [])];
}

/** Every read but a stream and a redirection has an ETag. */
const isTagged = (method: RouteOptions['method'], { produces, redirects }: FastifyContextConfig) =>
  method === 'GET' && produces !== 'text/event-stream' && !redirects;

function successOf(
  { responses = {} }: Operation,
  { method, config = {} }: RouteOptions,
): Record<string, object> {
  if (config.redirects) return { 302: { description: config.redirects } };
  const { description, content } = responses['200'] ?? {};
  const { produces, headers = [] } = config;
  const ok = {
    description: description === 'Default Response' ? 'Done.' : description,
    content: produces ? { ...content, [produces]: { schema: { type: 'string' } } } : content,
  };
  if (!isTagged(method, config)) return { 200: ok };
  const tagged = { ...ok, headers: { ETag: { $ref: '#/components/headers/ETag' } } };
  const notModified = { $ref: '#/components/responses/NotModified' };
  return headers.includes('Range')
    ? { 200: tagged, 206: { ...tagged, description: 'The range of bytes.' }, 304: notModified }
    : { 200: tagged, 304: notModified };
}
