import { clientOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { endClientSession, renewClientSession } from './client-sessions.ts';
import { ClientSession, OpenedClientSession, Sso } from './schema.ts';
import { exchangeCode, exchangeSignedToken } from './sign-in.ts';
import { verifyToken } from './signed.ts';

const tags = ['Sessions'];

export function sessionRoutes(app: App, { config, database, write }: Deps) {
  app.post(
    '/support/session',
    {
      config: { access: 'public', refuses: ['Unauthorized', 'TooManyRequests'], showsSecret: true },
      schema: {
        tags,
        summary: 'Begin a client session',
        operationId: 'openClientSession',
        description:
          'Exchanges the code of a sign-in link, or a signed token, for a session. Each works once. Every error gives the same 401.',
        body: Sso,
        response: { 200: Ref(OpenedClientSession) },
      },
    },
    async (request, reply) => {
      const { code = '', token } = request.body;
      if (token === undefined) return write(request, reply, (tx) => exchangeCode(tx, code));
      const signed = await verifyToken(database.db, token, config.ssoAudience);
      return write(request, reply, (tx) => exchangeSignedToken(tx, signed));
    },
  );

  app.post(
    '/support/session/renew',
    {
      config: { access: 'session' },
      schema: {
        tags,
        summary: 'Renew a client session',
        operationId: 'renewClientSession',
        description: 'Extends the session by 15 minutes, up to 12 hours after the single sign-on.',
        response: { 200: Ref(ClientSession) },
      },
    },
    (request, reply) => write(request, reply, (tx) => renewClientSession(tx, clientOf(request))),
  );

  app.delete(
    '/support/session',
    {
      config: { access: 'session' },
      schema: {
        tags,
        summary: 'End a client session',
        operationId: 'endClientSession',
        description: 'The key of the session stops working at once.',
        response: { 200: Ref(ClientSession) },
      },
    },
    (request, reply) => write(request, reply, (tx) => endClientSession(tx, clientOf(request))),
  );
}
