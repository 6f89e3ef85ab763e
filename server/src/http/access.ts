/** Who is asking. Every route states who may; one that does not fails at start. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor, ClientActor, StaffActor } from '../actor.ts';
import type { Db } from '../db/database.ts';
import { forbidden, unauthorized } from '../errors.ts';
import { findActor } from '../tokens/tokens.ts';

/** `admin` is staff with the role admin; `public` needs no key. */
export type Access = 'public' | 'client' | 'staff' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Undefined on public routes only. */
    actor: Actor | undefined;
  }
}

const refusals: Record<Exclude<Access, 'public'>, (actor: Actor) => string | undefined> = {
  client: ({ kind }) => (kind === 'client' ? undefined : 'This is for clients: use the key of an account.'),
  staff: ({ kind }) => (kind === 'staff' ? undefined : 'This is for staff.'),
  admin: (actor) =>
    actor.kind === 'staff' && actor.role === 'admin' ? undefined : 'This is for staff with the role admin.',
};

export function guardAccess(app: FastifyInstance, db: Db, noteUse: (tokenId: number) => void) {
  app.decorateRequest('actor');
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} does not state its access.`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access === 'public') return; // undefined: there is no such route
    const actor = await authenticate(db, request);
    const refusal = refusals[access](actor);
    if (refusal) throw forbidden(refusal);
    request.actor = actor;
    if (actor.kind !== 'system' && actor.tokenId !== null) noteUse(actor.tokenId);
  });
}

/** The actor of a route with the access `client`. */
export function clientOf({ actor }: FastifyRequest): ClientActor {
  if (actor?.kind !== 'client')
    throw new Error('A route that asks for its client must have the access "client".');
  return actor;
}

/** The actor of a route with the access `staff` or `admin`. */
export function staffOf({ actor }: FastifyRequest): StaffActor {
  if (actor?.kind !== 'staff')
    throw new Error('A route that asks for its staff must have the access "staff".');
  return actor;
}

async function authenticate(db: Db, request: FastifyRequest): Promise<Actor> {
  const secret = request.headers['x-token'];
  // Node joins repeated headers with a comma, which no token contains.
  const actor = typeof secret === 'string' ? await findActor(db, secret) : undefined;
  if (!actor) throw unauthorized();
  return actor;
}
