import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, notFound } from '#errors.ts';
import { clearCookie, readCookie, setCookie } from '#people/access/cookies.ts';
import { originOf } from '#people/access/origin.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { sendError, toApiError } from '#platform/http/errors.ts';
import { FLOW_SECONDS, openProvider } from './oidc-provider.ts';
import { signInByOidc } from './oidc-sign-in.ts';
import { SESSION_SECONDS } from './sessions.ts';

const tags = ['Staff: signing in'];
const CALLBACK = '/staff/session/oidc/callback';
const CONSOLE = '/console';
const FOR_BROWSERS =
  'After a refusal, a browser (`Accept` with `text/html`) is redirected to `/console#refused=<code>`.';

/** Without a provider in the configuration these routes are a 404. */
export function oidcRoutes(app: App, { config, database }: Deps) {
  const provider = openProvider(config);
  const known = () => {
    if (!provider) throw notFound('page');
    return provider;
  };

  app.get(
    '/staff/session/oidc',
    {
      exposeHeadRoute: false,
      errorHandler: sendRefusal,
      config: { access: 'public', refuses: ['NotFound'], redirects: 'To the identity provider.' },
      schema: {
        tags,
        summary: 'Sign in at the identity provider',
        operationId: 'beginOidc',
        description: `Redirects the browser to the identity provider. Returns 404 if none is configured. ${FOR_BROWSERS}`,
      },
    },
    async (request, reply) => {
      const { url, ticket } = await known().begin(callbackOf(request, config.publicUrl));
      setCookie(request, reply, 'paneldesk-oidc', { value: ticket, maxAgeSeconds: FLOW_SECONDS });
      return reply.header('cache-control', 'no-store').redirect(url);
    },
  );

  app.get(
    CALLBACK,
    {
      exposeHeadRoute: false,
      errorHandler: sendRefusal,
      config: {
        access: 'public',
        allowsAnyQuery: true,
        refuses: ['Forbidden', 'NotFound'],
        redirects: 'Redirects to the console, and sets the cookie of the session.',
      },
      schema: {
        tags,
        summary: 'Return from the identity provider',
        operationId: 'finishOidc',
        description: `The identity provider sends the browser to this address. ${FOR_BROWSERS}`,
      },
    },
    async (request, reply) => {
      const callback = new URL(callbackOf(request, config.publicUrl));
      callback.search = /\?.*/.exec(request.url)?.[0] ?? '';
      const identity = await known().finish(callback, readCookie(request, 'paneldesk-oidc'));
      const { secret } = await signInByOidc(database, identity, originOf(request));
      clearCookie(request, reply, 'paneldesk-oidc');
      setCookie(request, reply, 'paneldesk', { value: secret, maxAgeSeconds: SESSION_SECONDS });
      return reply.header('cache-control', 'no-store').redirect(CONSOLE);
    },
  );
}

/** A person comes to the sign-in page, which says what to do. A program gets the problem. */
function sendRefusal(error: Error, request: FastifyRequest, reply: FastifyReply) {
  if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return sendError(error, request, reply);
  const { code } = toApiError(error, request);
  return reply.header('cache-control', 'no-store').redirect(`${CONSOLE}#refused=${code}`);
}

/** The redirect URI, as it is registered at the provider. */
function callbackOf({ protocol, host }: FastifyRequest, publicUrl: string): string {
  const base = publicUrl === '' ? `${protocol}://${host}` : publicUrl.replace(/\/$/, '');
  if (!URL.canParse(base)) throw invalid('malformed_request', 'The Host header is not a host name.');
  return `${base}${CALLBACK}`;
}
