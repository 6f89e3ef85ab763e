/**
 * `POST /demo/sign-in`: signs in as somebody of the demo, for whoever tries Paneldesk out on their own machine. It does
 * nothing that the keys in the data folder, which only they can read, could not do.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, notFound } from '#errors.ts';
import { refuseCrossSite } from '#people/access/cross-site.ts';
import { originOf } from '#people/access/origin.ts';
import { findAccountByExternalId } from '#people/accounts/accounts.ts';
import { createSignInLink } from '#people/sso/sign-in.ts';
import { setSessionCookies } from '#people/staff/sessions/session-cookies.ts';
import { signIn } from '#people/staff/sessions/sign-in.ts';
import { findTokenActor } from '#people/tokens/bearer.ts';
import type { App, Deps } from '#platform/http/app.ts';
import Type, { type Static } from '#platform/type.ts';
import { demoFor, sendDemoRefusal } from './start-page.ts';

/** The address of a team member, or the id of a contact. */
const Who = Type.Object(
  { staff: Type.Optional(Type.String()), contact: Type.Optional(Type.String()) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);

export function addDemoSignIn(app: App, { config, database }: Deps) {
  const demoOf = (request: FastifyRequest) => {
    const demo = demoFor(request, config.dataDir);
    if (!demo) throw notFound('page');
    return demo;
  };

  async function signInStaff(request: FastifyRequest, reply: FastifyReply, email: string) {
    const member = demoOf(request).staff.find((one) => one.email === email);
    if (!member) throw notFound('page');
    const { password } = member;
    setSessionCookies(request, reply, await signIn(database, { email, password }, originOf(request)));
    return reply.redirect('/console', 303);
  }

  async function signInContact(request: FastifyRequest, reply: FastifyReply, id: string) {
    const { accounts, services } = demoOf(request);
    const account = accounts.find(({ contacts }) => contacts.some((contact) => contact.id === id));
    const user = account?.contacts.find((contact) => contact.id === id);
    if (!account || !user) throw notFound('page');
    const { external_id, locale } = account;
    const panel = await findTokenActor(database.db, services[0]?.token ?? '', request.ip);
    if (panel?.kind !== 'service')
      throw new ApiError(401, 'unauthorized', 'The key of the demo has been disabled.');
    const { code } = await database.transact(async (tx) => {
      const { account_id } = await findAccountByExternalId(tx, panel, external_id);
      return createSignInLink(tx, panel, account_id, { user, locale });
    });
    return reply.redirect(`/support/session#${code}`, 303); // on the host that the browser uses, whatever PUBLIC_URL says
  }

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1024 },
      async (_request: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    scope.post<{ Body: Static<typeof Who> }>(
      '/demo/sign-in',
      {
        onRequest: async (request) => {
          demoOf(request); // first: elsewhere there is no such page
          refuseCrossSite(request);
        },
        config: { access: 'public' },
        schema: { hide: true, body: Who },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { staff, contact = '' } = request.body;
        try {
          return await (staff === undefined
            ? signInContact(request, reply, contact)
            : signInStaff(request, reply, staff));
        } catch (error) {
          if (!(error instanceof ApiError) || error.status !== 401) throw error;
          return sendDemoRefusal(request, reply); // somebody has changed the password, or deleted the account
        }
      },
    );
  });
}
