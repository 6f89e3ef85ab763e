import type { FastifyRequest } from 'fastify';
import { staffOf } from '#people/access/access.ts';
import { clearCookie, readCookie } from '#people/access/cookies.ts';
import { refuseCrossSite } from '#people/access/cross-site.ts';
import { originOf } from '#people/access/origin.ts';
import { acceptInvitation } from '#people/staff/invitations.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import {
  Acceptance,
  Accepted,
  Session,
  SessionPath,
  SignedIn,
  SignedOut,
  SignIn,
  SignInMethods,
} from './schema.ts';
import { setSessionCookies } from './session-cookies.ts';
import { endSession, listSessions, signOut } from './sessions.ts';
import { signIn } from './sign-in.ts';

const tags = ['Staff: signing in'];
/** Prevents login CSRF: a foreign page must not sign a browser in. */
const onRequest = async (request: FastifyRequest) => refuseCrossSite(request);

export function sessionStaffRoutes(app: App, { config, database, write }: Deps) {
  app.get(
    '/staff/session/methods',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'List the ways to sign in',
        operationId: 'listSignInMethods',
        description:
          'Everybody can sign in with a password. An identity provider is there if it is configured.',
        response: { 200: SignInMethods },
      },
    },
    async () => ({ oidc: config.oidcIssuer !== '' }),
  );

  app.post(
    '/staff/session',
    {
      onRequest,
      config: { access: 'public', refuses: ['Unauthorized', 'Forbidden', 'TooManyRequests'] },
      schema: {
        tags,
        summary: 'Sign in',
        operationId: 'signIn',
        description:
          'Sets the cookie of the session. Returns 401 `second_factor_required` if `code` is needed too.',
        body: SignIn,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) => {
      const session = await signIn(database, request.body, originOf(request));
      setSessionCookies(request, reply, session);
      return { session_id: session.session_id };
    },
  );

  app.delete(
    '/staff/session',
    {
      onRequest,
      config: { access: 'public', refuses: ['Forbidden'] },
      schema: {
        tags,
        summary: 'Sign out',
        operationId: 'signOut',
        description: 'Ends the session of the cookie.',
        response: { 200: SignedOut },
      },
    },
    async (request, reply) => {
      const secret = readCookie(request, 'paneldesk') ?? '';
      const session_id = await database.transact((tx) => signOut(tx, secret));
      clearCookie(request, reply, 'paneldesk');
      return { session_id };
    },
  );

  app.post(
    '/staff/session/accept',
    {
      onRequest,
      config: { access: 'public', refuses: ['Unauthorized', 'Forbidden'] },
      schema: {
        tags,
        summary: 'Choose a password with the secret of an invitation or a reset',
        operationId: 'acceptInvitation',
        description: 'The secret works once. Does not sign in.',
        body: Acceptance,
        response: { 200: Accepted },
      },
    },
    async ({ body }) => acceptInvitation(database, body.secret, body.password),
  );

  app.get(
    '/staff/me/sessions',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List your sessions',
        operationId: 'listSessions',
        description: 'Latest first.',
        response: { 200: Items(Session) },
      },
    },
    async (request) => ({ items: await listSessions(database.db, staffOf(request)) }),
  );

  app.delete(
    '/staff/me/sessions/:session_id',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'End one of your sessions',
        operationId: 'endSession',
        description: 'Its cookie stops working at once.',
        params: SessionPath,
        response: { 200: Ref(Session) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => endSession(tx, staffOf(request), request.params.session_id)),
  );
}
