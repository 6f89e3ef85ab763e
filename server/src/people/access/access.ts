/** Who is asking. Every route states who may; one that does not fails at start. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, type ClientActor, isAdmin, type ServiceActor, type StaffActor } from '#actor.ts';
import { forbidden, insufficientScope } from '#errors.ts';
import { hasScope, type Scopes, type ServiceScope, scopesOf } from './scopes.ts';

/** `admin` is staff with the role admin, `session` a client whom a panel has handed over; `public` needs no key. */
export type Access = 'public' | 'client' | 'session' | 'staff' | 'admin' | 'service';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** A service token with this scope may use the route too, or, with the access `service`, alone. */
    service?: ServiceScope;
    /** By kind of key, the scope that it needs; derived from `access` and `service`. */
    scopes?: Scopes;
    /**
     * Lets somebody in or gives rights, now or later: what it does would outlive the limits of a key, so that a limited
     * one is refused. A function decides by the body.
     */
    letsIn?: true | ((body: unknown) => boolean);
  }
  interface FastifyRequest {
    /** Undefined on public routes only. */
    actor: Actor | undefined;
  }
}

const refusals: Record<Exclude<Access, 'public'>, (actor: Actor) => string | undefined> = {
  client: ({ kind }) => (kind === 'client' ? undefined : 'This is for clients: use the key of an account.'),
  session: (actor) =>
    actor.kind === 'client' && actor.sessionId !== undefined
      ? undefined
      : 'This is for a session that the panel has handed over.',
  staff: ({ kind }) => (kind === 'staff' ? undefined : 'This is for staff.'),
  admin: (actor) => (isAdmin(actor) ? undefined : 'This is for staff with the role admin.'),
  service: () => 'This is for services.',
};

interface Guard {
  /** Gives the actor of a request, or throws a 401. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Called with the actor of every request that is let through. */
  noteUse(actor: Actor): void;
}

export function guardAccess(app: FastifyInstance, { authenticate, noteUse }: Guard) {
  app.decorateRequest('actor');
  app.addHook('onRoute', ({ config, method, url }) => {
    const route = `${String(method)} ${url}`;
    if (!config?.access) throw new Error(`${route} does not state its access.`);
    config.scopes = scopesOf({ ...config, access: config.access, method: String(method), url });
    const needsScope = config.access !== 'public' && config.access !== 'session';
    if (needsScope && Object.keys(config.scopes).length === 0) throw new Error(`${route} has no scope.`);
  });
  app.addHook('onRequest', async (request) => {
    const { access, service, scopes = {}, letsIn } = request.routeOptions.config;
    if (access === undefined || access === 'public') return; // undefined: there is no such route
    const actor = await authenticate(request);
    if (actor.kind !== 'system') {
      const scope = scopes[actor.kind]; // none for an actor of the wrong kind, who is refused below
      if (scope && !hasScope(actor, scope)) throw insufficientScope(scope);
    }
    const refusal = actor.kind === 'service' && service ? undefined : refusals[access](actor);
    if (refusal) throw forbidden(refusal);
    if (letsIn === true) refuseLimited(actor);
    request.actor = actor;
    noteUse(actor);
  });
  app.addHook('preHandler', async ({ actor, body, routeOptions: { config } }) => {
    if (actor && typeof config.letsIn === 'function' && config.letsIn(body)) refuseLimited(actor);
  });
}

function refuseLimited(actor: Actor) {
  if (actor.kind !== 'staff' || !actor.isLimited) return;
  throw forbidden('A key with scopes, addresses or an end lets nobody in, and gives nobody rights.');
}

/** The actor of a route with the access `client` or `session`. */
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

/** The actor of a route with the access `service`. */
export function serviceOf({ actor }: FastifyRequest): ServiceActor {
  if (actor?.kind !== 'service')
    throw new Error('A route that asks for its service must have the access "service".');
  return actor;
}

/** The actor of a route with the access `staff` or `admin` that services may use too. */
export function staffOrServiceOf(request: FastifyRequest): StaffActor | ServiceActor {
  return request.actor?.kind === 'service' ? request.actor : staffOf(request);
}
