/** Validators (RFC 9110): `"<version>-<hash of the body>"` for a ticket, `"<hash>"` for everything else. */
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from '../errors.ts';

/**
 * The version of a ticket moves when its content does; the hash also covers what may change without it, such as read
 * marks. If-None-Match compares the whole tag, If-Match the version alone: reading must not make a writer fail.
 */
export function etag(body: string, result: unknown): string {
  const short = hash('sha1', body, 'base64url').slice(0, 16);
  const version = (result as { version?: unknown } | null)?.version;
  return typeof version === 'number' ? `"${version}-${short}"` : `"${short}"`;
}

/** The version that If-Match asks for, undefined when there is none. Throws a 400 for a tag that we never gave. */
export function expectedVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,15})-[\w-]+"$/.exec(header)?.[1];
  if (version === undefined) {
    throw invalid('invalid_if_match', 'If-Match takes the ETag of a ticket, as it was sent.');
  }
  return Number(version);
}

export function isFresh(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  return known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

/** Tags every JSON answer to a GET, and answers 304 to whoever has it already. */
export function tagReads(app: FastifyInstance) {
  app.addHook('preSerialization', async (request, reply, payload) => {
    if (request.method === 'GET' || request.method === 'HEAD') reply.version = versionOf(payload);
    return payload;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const tag = String(reply.getHeader('etag') ?? etag(payload, { version: reply.version }));
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (!isFresh(request, tag)) return payload;
    reply.code(304).removeHeader('content-type');
    return '';
  });
}

declare module 'fastify' {
  interface FastifyReply {
    version: number | undefined;
  }
}

const versionOf = (payload: unknown) => (payload as { version?: number } | null)?.version;
