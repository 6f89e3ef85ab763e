/** Every route there is: for the 405 that names what works, and for the test that walks them all. */
import type { FastifyInstance, RouteOptions } from 'fastify';

export interface KnownRoute {
  method: string;
  /** As it was registered, with `:name` for parameters. */
  url: string;
  /** What a path has to look like to be this route's. */
  pattern: RegExp;
  options: RouteOptions;
}

declare module 'fastify' {
  interface FastifyInstance {
    knownRoutes: KnownRoute[];
    /** The methods that work on the path of this address, in order. */
    methodsOf(url: string): string[];
  }
}

/** Fills `app.knownRoutes` with each route that is registered from now on, one entry per method. */
export function rememberRoutes(app: FastifyInstance) {
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

/** A slash at the end says nothing, as in the router. */
function patternOf(url: string): RegExp {
  return new RegExp(
    `^${url
      .replace(/\/$/, '')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')}/?$`,
  );
}
