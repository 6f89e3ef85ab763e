/**
 * Authentication and authorization. Every route declares who may use it; the server does not start with a route that
 * does not.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, type ClientActor, isAdmin, type ServiceActor, type StaffActor } from '#actor.ts';
import { forbidden, insufficientScope } from '#errors.ts';
import { hasScope, type Scopes, type ServiceScope, scopesOf } from './scopes.ts';

/** `admin` is staff with the role admin, `session` is a person signed in by SSO; `public` needs no token. */
export type Access = 'public' | 'client' | 'session' | 'staff' | 'admin' | 'service';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The scope with which a service token may use the route as well, or, with the access `service`, exclusively. */
    service?: ServiceScope;
    /** The scope that each kind of token needs, derived from `access` and `service`. */
    scopes?: Scopes;
    /**
     * The route gives access or rights, which would outlive the limits of a token: limited tokens are refused. A
     * function decides by the body.
     */
    grantsAccess?: true | ((body: unknown) => boolean);
  }
  interface FastifyRequest {
    /** Undefined on public routes only. */
    actor: Actor | undefined;
  }
}

const refusals: Record<Exclude<Access, 'public'>, (actor: Actor) => string | undefined> = {
  client: ({ kind }) =>
    kind === 'client' ? undefined : 'This operation is for clients. Use the key of an account.',
  session: (actor) =>
    actor.kind === 'client' && actor.sessionId !== undefined
      ? undefined
      : 'This operation needs a client session.',
  staff: ({ kind }) => (kind === 'staff' ? undefined : 'This operation is for staff.'),
  admin: (actor) => (isAdmin(actor) ? undefined : 'This operation is for admins.'),
  service: () => 'This operation is for services.',
};

interface Guard {
  /** Returns the actor of a request, or throws a 401. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Called with the actor of every authorized request. */
  recordUse(actor: Actor): void;
}

export function guardAccess(app: FastifyInstance, { authenticate, recordUse: noteUse }: Guard) {
  app.decorateRequest('actor');
  app.addHook('onRoute', ({ config, method, url }) => {
    const route = `${String(method)} ${url}`;
    if (!config?.access) throw new Error(`${route} does not state its access.`);
    config.scopes = scopesOf({ ...config, access: config.access, method: String(method), url });
    const needsScope = config.access !== 'public' && config.access !== 'session';
    if (needsScope && Object.keys(config.scopes).length === 0) throw new Error(`${route} has no scope.`);
  });
  app.addHook('onRequest', async (request) => {
    const { access, service, scopes = {}, grantsAccess: letsIn } = request.routeOptions.config;
    if (access === undefined || access === 'public') return; // undefined: no such route
    const actor = await authenticate(request);
    if (actor.kind !== 'system') {
      const scope = scopes[actor.kind]; // none for an actor of the wrong kind, which is refused below
      if (scope && !hasScope(actor, scope)) throw insufficientScope(scope);
    }
    const refusal = actor.kind === 'service' && service ? undefined : refusals[access](actor);
    if (refusal) throw forbidden(refusal);
    if (letsIn === true) refuseLimited(actor);
    request.actor = actor;
    noteUse(actor);
  });
  app.addHook('preHandler', async ({ actor, body, routeOptions: { config } }) => {
    if (actor && typeof config.grantsAccess === 'function' && config.grantsAccess(body)) refuseLimited(actor);
  });
}

function refuseLimited(actor: Actor) {
  if (actor.kind !== 'staff' || !actor.isLimited) return;
  throw forbidden(
    'A key with scopes, allowed addresses or an expiry cannot let anybody in or give rights. Use a session or a full key.',
  );
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
