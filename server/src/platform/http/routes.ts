/** All routes: for the 405 that lists the allowed methods, and for the test that calls every route. */
import type { FastifyInstance, RouteOptions } from 'fastify';

export interface KnownRoute {
  method: string;
  /** As registered, with `:name` for parameters. */
  url: string;
  /** Matches the paths of this route. */
  pattern: RegExp;
  options: RouteOptions;
}

declare module 'fastify' {
  interface FastifyInstance {
    knownRoutes: KnownRoute[];
    /** The methods of the route at this URL, sorted. */
    methodsOf(url: string): string[];
  }
}

/** Fills `app.knownRoutes` with every route registered afterwards, one entry per method. */
export function collectRoutes(app: FastifyInstance) {
  const routes: KnownRoute[] = [];
  app.decorate('knownRoutes', routes);
  app.decorate('methodsOf', (url) => {
    const path = url.split('?', 1)[0] ?? '';
    const methods = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  });
  app.addHook('onRoute', (options) => {
    const { url } = options;
    const pattern = patternOf(url);
    for (const method of [options.method].flat()) routes.push({ method, url, pattern, options });
  });
}

/** A trailing slash is ignored, as in the router. A `*` at the end matches the rest of the path. */
function patternOf(url: string): RegExp {
  return new RegExp(
    `^${url
      .replace(/\/$/, '')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\\\*$/, '.*')}/?$`,
  );
}
