/** What PUBLIC_URL says about how callers reach the server, whatever a proxy in between says about a request. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** PUBLIC_URL, or empty. */
    publicUrl: string;
  }
}

export function knowPublicUrl(app: FastifyInstance, publicUrl: string) {
  app.decorate('publicUrl', publicUrl);
}

/** The origin of our own pages, when PUBLIC_URL says that they are served over TLS. */
export function secureOrigin({ server: { publicUrl } }: FastifyRequest): string | undefined {
  return publicUrl.startsWith('https:') ? new URL(publicUrl).origin : undefined;
}

/**
 * Whether this was asked on the machine itself, where the instance is tried out over plain HTTP. What a proxy has passed on
 * was not, whatever its Host says, and behind an https:// address nothing is: a proxy need not say that it is one.
 */
export function isAskedHere(request: FastifyRequest): boolean {
  const { protocol, hostname, headers } = request;
  return (
    secureOrigin(request) === undefined &&
    protocol === 'http' &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname) &&
    !proxyHeaders.some((name) => name in headers)
  );
}

const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];
