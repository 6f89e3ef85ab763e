import type { FastifyRequest } from 'fastify';
import type { Origin } from '#people/staff/sessions/sessions.ts';
import { readCookie } from './cookies.ts';

/** Where the request comes from, for the list of sessions and the audit. */
export const originOf = (request: FastifyRequest): Origin => ({
  ip: request.ip,
  userAgent: request.headers['user-agent'] ?? null,
  device: readCookie(request, 'paneldesk-device'),
});
