import type { FastifyRequest } from 'fastify';
import type { Origin } from '../sessions/sessions.ts';

/** Where the request comes from, for the list of sessions and the audit. */
export const originOf = ({ ip, headers }: FastifyRequest): Origin => ({
  ip,
  userAgent: headers['user-agent'] ?? null,
});
