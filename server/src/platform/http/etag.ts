/**
 * ETags (RFC 9110): `"<version>-<hash of the body>"` for a ticket, `"<version>.<staff version>-<hash>"` for staff, and
 * `"<hash>"` for everything else.
 */
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#actor.ts';
import { invalid } from '#errors.ts';
import { chooseEncoding } from './compress.ts';

interface Versioned {
  version?: unknown;
  staff_version?: unknown;
}

/**
 * The version of a ticket changes with its content. The hash also covers what changes without it, such as read marks.
 * If-None-Match compares the whole tag, If-Match only the version: reading must not make a writer fail.
 */
export function etag(body: string, result: unknown, actor: Actor | undefined): string {
  const short = hash('sha1', body, 'base64url').slice(0, 16);
  const { version, staff_version } = (result ?? {}) as Versioned; // both are optional on any object and on null
  if (typeof version !== 'number') return `"${short}"`;
  const staff = actor?.kind === 'staff' && typeof staff_version === 'number' ? `.${staff_version}` : '';
  return `"${version}${staff}-${short}"`;
}

/**
 * The version that If-Match requires; undefined without the header. Throws a 400 for a tag that the server never
 * issued.
 */
export function expectedVersion(request: FastifyRequest) {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const [, version, staffVersion] = /^(?:W\/)?"(\d{1,15})(?:\.(\d{1,15}))?-[\w-]+"$/.exec(header) ?? [];
  if (version === undefined) {
    throw invalid(
      'invalid_if_match',
      'If-Match must be the ETag of a ticket, exactly as the server has sent it.',
    );
  }
  return {
    version: Number(version),
    staffVersion: staffVersion === undefined ? undefined : Number(staffVersion),
  };
}

export function isFresh(request: FastifyRequest, tag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  return known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}

/** A 304 in place of a response of this length, with the ETag it would have had. */
export function notModified(request: FastifyRequest, reply: FastifyReply, length: number): FastifyReply {
  chooseEncoding(request, reply, length);
  return reply.code(304).removeHeader('content-type');
}

/** Tags every JSON response to a GET, and sends a 304 to clients that have it already. */
export function addEtags(app: FastifyInstance) {
  app.addHook('preSerialization', async (request, reply, payload) => {
    if (request.method === 'GET' || request.method === 'HEAD') reply.versioned = payload as Versioned | null;
    return payload;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const tag = String(reply.getHeader('etag') ?? etag(payload, reply.versioned, request.actor));
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (!isFresh(request, tag)) return payload;
    notModified(request, reply, payload.length);
    return '';
  });
}

declare module 'fastify' {
  interface FastifyReply {
    /** The response object, before it is serialized. */
    versioned: Versioned | null | undefined;
  }
}
