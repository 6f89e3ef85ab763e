import type { FastifyRequest } from 'fastify';
import { serviceOf, staffOrServiceOf } from '#people/access/access.ts';
import { findAccount, findAccountByExternalId } from '#people/accounts/accounts.ts';
import { AccountPath, ExternalIdPath } from '#people/accounts/schema.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { endSessionsOf, listAccountSessions } from './client-sessions.ts';
import { AccountSession, EndedSessions, SignInLink, SsoContact } from './schema.ts';
import { createSignInLink } from './sign-in.ts';

const tags = ['Staff: single sign-on'];
const linkAccess = {
  tags,
  summary: 'Create a sign-in link for a contact',
  description: 'Returns a link that signs the contact in. It works once, within a minute.',
  body: SsoContact,
  response: { 200: Ref(SignInLink) },
};
const serviceOnly = { access: 'service', service: 'sessions:create', showsSecret: true } as const;

export function ssoStaffRoutes(app: App, { config, database, write }: Deps) {
  const linkTo = (request: FastifyRequest, { code, expires_at }: { code: string; expires_at: string }) => {
    const base = config.publicUrl.replace(/\/+$/, '') || `${request.protocol}://${request.host}`;
    return { url: `${base}/support/session#${code}`, expires_at };
  };

  app.post(
    '/staff/accounts/:account_id/sessions',
    { config: serviceOnly, schema: { ...linkAccess, operationId: 'createSignInLink', params: AccountPath } },
    (request, reply) =>
      write(request, reply, async (tx) => {
        const { account_id } = await findAccount(tx, serviceOf(request), request.params.account_id);
        return linkTo(request, await createSignInLink(tx, serviceOf(request), account_id, request.body));
      }),
  );

  app.post(
    '/staff/accounts/by-external-id/:external_id/sessions',
    {
      config: serviceOnly,
      schema: { ...linkAccess, operationId: 'createSignInLinkByExternalId', params: ExternalIdPath },
    },
    (request, reply) =>
      write(request, reply, async (tx) => {
        const { account_id } = await findAccountByExternalId(
          tx,
          serviceOf(request),
          request.params.external_id,
        );
        return linkTo(request, await createSignInLink(tx, serviceOf(request), account_id, request.body));
      }),
  );

  app.get(
    '/staff/accounts/:account_id/sessions',
    {
      config: { access: 'admin', service: 'sessions:create' },
      schema: {
        tags,
        summary: 'List client sessions of an account',
        operationId: 'listAccountSessions',
        description: 'Returns the open sessions of contacts whom the panel has signed in.',
        params: AccountPath,
        response: { 200: Items(AccountSession) },
      },
    },
    async (request) => {
      const { account_id } = await findAccount(
        database.db,
        staffOrServiceOf(request),
        request.params.account_id,
      );
      return { items: await listAccountSessions(database.db, account_id) };
    },
  );

  app.delete(
    '/staff/accounts/:account_id/sessions',
    {
      config: { access: 'admin', service: 'sessions:create' },
      schema: {
        tags,
        summary: 'End all client sessions of an account',
        operationId: 'endAccountSessions',
        description: 'For example when the password in the panel has changed.',
        params: AccountPath,
        response: { 200: EndedSessions },
      },
    },
    (request, reply) =>
      write(request, reply, async (tx) => {
        const { account_id } = await findAccount(tx, staffOrServiceOf(request), request.params.account_id);
        return endSessionsOf(tx, staffOrServiceOf(request), account_id);
      }),
  );
}
