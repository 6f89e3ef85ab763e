/** OpenAPI 3.1 from the routes, at /openapi.json, and a readable reference at /docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Access } from './access.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A request body that no schema checks, such as a multipart one. */
    requestBody?: object;
    /** A content type of the answer other than JSON. */
    produces?: string;
  }
}

interface Operation {
  requestBody?: object;
  parameters?: object[];
  responses?: Record<string, object>;
  [extension: string]: unknown;
}

export async function describeApi(app: FastifyInstance, version: string) {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Paneldesk', version, description: 'Tickets API v1.1.0 and the staff side of it.' },
      components: { securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Token' } } },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => {
      const { access, requestBody, produces } = route.config ?? {};
      const method = String(route.method).toLowerCase();
      if (url.startsWith('/docs') || method === 'head') return { schema: { ...schema, hide: true }, url };
      const extended = {
        ...schema,
        ...(access !== 'public' && { security: [{ token: [] }], 'x-access': access as Access }),
        ...(method === 'post' && { 'x-idempotent': true }),
        ...(requestBody && { 'x-request-body': requestBody }),
        ...(produces && { 'x-produces': produces }),
      };
      return { schema: extended, url };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const api = document.openapiObject;
      for (const path of Object.values(api.paths ?? {})) {
        for (const operation of Object.values(path ?? {})) complete(operation as Operation);
      }
      return api;
    },
  });

  app.get(
    '/openapi.json',
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) => reply.type('application/json').send(JSON.stringify(app.swagger())),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'none', tryItOutEnabled: true },
    theme: { title: 'Paneldesk API' },
  });
}

/** Puts in what the route's schema cannot say. */
function complete(operation: Operation) {
  const take = (name: string) => {
    const value = operation[name];
    delete operation[name];
    return value;
  };
  const body = take('x-request-body');
  if (body) operation.requestBody = { required: true, content: body };
  const produces = take('x-produces');
  const responses = operation.responses ?? {};
  if (produces)
    responses['200'] = { description: 'OK', content: { [String(produces)]: { schema: { type: 'string' } } } };
  if (take('x-idempotent')) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        in: 'header',
        name: 'Idempotency-Key',
        schema: { type: 'string', maxLength: 255 },
        description: 'Makes a retry safe: the first answer is given again for 24 hours.',
      },
    ];
  }
  if (operation['x-access']) responses['4XX'] = problemResponse;
  operation.responses = responses;
}

const problemResponse = {
  description: 'A refusal: `code` for programs, `detail` for people.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
