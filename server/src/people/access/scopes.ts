/** The scopes that a token may be limited to, and the rule for which scope a route needs. */
import type { Actor } from '#actor.ts';

export const scopes = {
  client: ['tickets:read', 'tickets:write', 'files:read', 'files:write'],
  staff: ['tickets:read', 'tickets:write', 'me', 'admin'],
  service: ['accounts:read', 'accounts:write', 'sessions:create', 'incidents:read', 'incidents:write'],
} as const;

export type TokenKind = keyof typeof scopes;
export type ServiceScope = (typeof scopes.service)[number];

/** The scope that a route needs, by kind of token. */
export type Scopes = Partial<Record<TokenKind, string>>;

interface ScopedRoute {
  method: string;
  url: string;
  access: string;
  /** A route that services may use states its scope. */
  service?: ServiceScope;
}

/** The scope that a route needs for each kind of token; none for a kind that may not use it. */
export function scopesOf(route: ScopedRoute): Scopes {
  const kinds = Object.keys(scopes) as TokenKind[]; // the keys of the object above
  return Object.fromEntries(kinds.map((kind) => [kind, scopeOf(kind, route)]).filter(([, scope]) => scope));
}

/** The scope that a route needs for this kind of token; undefined when the kind may not use it. */
export function scopeOf(kind: TokenKind, { method, url, access, service }: ScopedRoute): string | undefined {
  const verb = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  switch (kind) {
    case 'service':
      return service;
    case 'client':
      if (access !== 'client') return undefined;
      return url.startsWith('/files/') ? `files:${verb}` : `tickets:${verb}`;
    case 'staff':
      if (access === 'admin') return 'admin';
      if (access !== 'staff') return undefined;
      return /^\/staff\/me(\/|$)/.test(url) ? 'me' : `tickets:${verb}`;
  }
}

export function hasScope(actor: Exclude<Actor, { kind: 'system' }>, scope: string): boolean {
  return actor.scopes?.includes(scope) ?? true;
}
