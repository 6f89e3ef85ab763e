/** What PUBLIC_URL says about how callers reach the server, independent of what a proxy says about a request. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** PUBLIC_URL, or empty. */
    publicUrl: string;
  }
}

export function decoratePublicUrl(app: FastifyInstance, publicUrl: string) {
  app.decorate('publicUrl', publicUrl);
}

/** The origin of Paneldesk's own pages, when PUBLIC_URL uses TLS. */
export function secureOrigin({ server: { publicUrl } }: FastifyRequest): string | undefined {
  return publicUrl.startsWith('https:') ? new URL(publicUrl).origin : undefined;
}

/**
 * Whether the request comes from this machine, where the instance may be tried out over plain HTTP. A request
 * forwarded by a proxy does not, whatever its Host says, and with an https:// PUBLIC_URL none does, because a proxy
 * need not identify itself.
 */
export function isLocalRequest(request: FastifyRequest): boolean {
  const { protocol, hostname, headers } = request;
  return (
    secureOrigin(request) === undefined &&
    protocol === 'http' &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname) &&
    !proxyHeaders.some((name) => name in headers)
  );
}

/** Whether a program of this machine has sent the request to this machine. What is for whoever runs the server asks. */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const isLocal = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '127.0.0.1');
  return isLocal && isLocalRequest(request);
}

const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];
