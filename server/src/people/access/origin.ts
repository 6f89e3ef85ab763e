import type { FastifyRequest } from 'fastify';
import type { Origin } from '#actor.ts';
import { readCookie } from './cookies.ts';

/** The IP address and user agent, for the list of sessions and the audit. */
export const originOf = (request: FastifyRequest): Origin => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? null,
  device: readCookie(request, 'paneldesk-device'),
});
