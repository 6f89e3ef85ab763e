/** Serves OpenAPI 3.1, made from the routes, at /openapi.json, and a readable reference at /docs. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, RouteOptions } from 'fastify';
import { compressResponses } from './compress.ts';
import { addExamples, type Examples } from './openapi-examples.ts';
import { complete, type Operation } from './openapi-operation.ts';
import { components, info, servers, tags } from './openapi-parts.ts';
import { withPortablePatterns } from './openapi-patterns.ts';
import { pageHeaders } from './page-headers.ts';

/** The reference runs its own scripts and calls this server. */
const headers = pageHeaders({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'form-action': "'none'",
});

interface Described {
  version: string;
  examples: Examples;
  /** Says more of the shared schemas than serialising needs. */
  withDetails: (schemas: Record<string, object>) => Record<string, object>;
}

export async function describeApi(app: FastifyInstance, { version, examples, withDetails }: Described) {
  const routes = new Map<string, RouteOptions>();
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { ...info, version }, servers, tags, components },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => {
      const { operationId } = schema ?? {};
      if (route.method === 'HEAD') return { schema: { ...schema, hide: true }, url };
      if (operationId) routes.set(operationId, route);
      return { schema, url };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const api = withPortablePatterns(document.openapiObject);
      api.components = { ...api.components, schemas: withDetails(api.components?.schemas ?? {}) };
      for (const path of Object.values(api.paths ?? {})) {
        for (const operation of Object.values(path ?? {}) as Operation[]) {
          const route = routes.get(operation.operationId ?? '');
          if (!route) throw new Error('Every operation needs an operationId of its own.');
          complete(operation, route);
          addExamples(operation, examples);
        }
      }
      return JSON.parse(JSON.stringify(api)); // a tree: YAML would have an alias for each part in two places
    },
  });

  // Written once. The package would write it for every request, which takes a third of a second.
  const sendYaml = (_request: unknown, reply: FastifyReply) =>
    reply.type('application/x-yaml').send(app.swagger({ yaml: true }));
  const hidden = { config: { access: 'public' as const }, schema: { hide: true } };
  await app.register(async (reference) => {
    reference.addHook('onRoute', (route) => {
      route.config = { ...route.config, ...hidden.config };
      route.schema = { ...route.schema, ...hidden.schema };
      if (route.url === '/docs/yaml') route.handler = sendYaml;
    });
    reference.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
    compressResponses(reference);
    reference.get('/openapi.json', hidden, async (_request, reply) =>
      reply.type('application/json').send(JSON.stringify(app.swagger())),
    );
    await reference.register(swaggerUi, {
      routePrefix: '/docs',
      // The reference sends its requests to the server that serves it.
      transformSpecification: (document) => ({ ...document, servers: [{ url: '/' }] }),
      uiConfig: { deepLinking: true, docExpansion: 'list', layout: 'BaseLayout', tryItOutEnabled: true },
      theme: { title: 'Paneldesk API' },
    });
  });
}
