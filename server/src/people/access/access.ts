/** Who is asking. Every route states who may; one that does not fails at start. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, type ClientActor, isAdmin, type ServiceActor, type StaffActor } from '#actor.ts';
import { forbidden, insufficientScope, unauthorized } from '#errors.ts';
import { findSessionActor } from '#people/staff/sessions/sessions.ts';
import { findActor } from '#people/tokens/bearer.ts';
import type { Db } from '#platform/db/database.ts';
import { readCookie } from './cookies.ts';
import { refuseCrossSite } from './cross-site.ts';
import { hasScope, type ServiceScope, scopeOf, type TokenKind } from './scopes.ts';

/** `admin` is staff with the role admin, `session` a client whom a panel has handed over; `public` needs no key. */
export type Access = 'public' | 'client' | 'session' | 'staff' | 'admin' | 'service';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** A service token with this scope may use the route too, or, with the access `service`, alone. */
    service?: ServiceScope;
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

/** Whose scopes each access goes by; a session has all that a client may. */
const kindFor: Record<Exclude<Access, 'public' | 'session'>, TokenKind> = {
  client: 'client',
  staff: 'staff',
  admin: 'staff',
  service: 'service',
};

export function guardAccess(app: FastifyInstance, db: Db, noteUse: (actor: Actor) => void) {
  app.decorateRequest('actor');
  app.addHook('onRoute', ({ config, method, url }) => {
    const route = `${String(method)} ${url}`;
    if (!config?.access) throw new Error(`${route} does not state its access.`);
    const { access, service } = config;
    if (access === 'public' || access === 'session') return;
    const scope = scopeOf(kindFor[access], { method: String(method), url, access, service });
    if (!scope) throw new Error(`${route} has no scope.`);
  });
  app.addHook('onRequest', async (request) => {
    const { access, service, letsIn } = request.routeOptions.config;
    if (access === undefined || access === 'public') return; // undefined: there is no such route
    const actor = await authenticate(db, request);
    const scope = scopeFor(request, actor); // there is none for an actor of the wrong kind
    if (scope && actor.kind !== 'system' && !hasScope(actor, scope)) throw insufficientScope(scope);
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

/** The scope that this request asks of a key like the actor's; undefined where none is needed. */
function scopeFor({ method, routeOptions }: FastifyRequest, { kind }: Actor): string | undefined {
  const { access, service } = routeOptions.config;
  if (kind === 'system' || access === undefined) return undefined;
  return scopeOf(kind, { method, url: String(routeOptions.url), access, service });
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

/**
 * By the key in X-Token or, without one, by the session in the cookie. A key is sent on purpose, a cookie comes along by
 * itself: so the key decides alone, good or bad, also for a person who tries keys out in the browser they work in.
 */
async function authenticate(db: Db, request: FastifyRequest): Promise<Actor> {
  const session = request.headers['x-token'] === undefined ? readCookie(request, 'paneldesk') : undefined;
  // Node joins repeated headers with a comma, which no token contains.
  const actor = session === undefined ? await byKey(db, request) : await findSessionActor(db, session);
  if (!actor) throw unauthorized();
  if (session !== undefined) refuseCrossSite(request);
  return actor;
}

const byKey = async (db: Db, { headers, ip }: FastifyRequest) => {
  const key = headers['x-token'];
  return typeof key === 'string' ? findActor(db, key, ip) : undefined;
};
