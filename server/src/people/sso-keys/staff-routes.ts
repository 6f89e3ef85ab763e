import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { AddedSsoKey, NewSsoKey, SsoKey, SsoKeyChange, SsoKeyPath } from './schema.ts';
import { addSsoKey, changeSsoKey, deleteSsoKey, listSsoKeys } from './sso-keys.ts';

const tags = ['Staff: single sign-on'];

export function ssoKeyRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/sso-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'List SSO keys',
        operationId: 'listSsoKeys',
        description: 'Without secrets.',
        response: { 200: Items(SsoKey) },
      },
    },
    async () => ({ items: await listSsoKeys(database.db) }),
  );

  app.post(
    '/staff/sso-keys',
    {
      config: { access: 'admin', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Add an SSO key',
        operationId: 'addSsoKey',
        description:
          'With HS256 the server creates the secret and shows it only once. Otherwise send the public key.',
        body: NewSsoKey,
        response: { 200: Ref(AddedSsoKey) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addSsoKey(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/sso-keys/:kid',
    {
      config: { access: 'admin', grantsAccess: true },
      schema: {
        tags,
        summary: 'Rename, disable or enable an SSO key',
        operationId: 'changeSsoKey',
        description: 'When a key is disabled, the sessions that it has opened end.',
        params: SsoKeyPath,
        body: SsoKeyChange,
        response: { 200: Ref(SsoKey) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => changeSsoKey(tx, staffOf(request), request.params.kid, request.body)),
  );

  app.delete(
    '/staff/sso-keys/:kid',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Delete an SSO key',
        operationId: 'deleteSsoKey',
        description: 'The sessions that it has opened end.',
        params: SsoKeyPath,
        response: { 200: Ref(SsoKey) },
      },
    },
    (request, reply) => write(request, reply, (tx) => deleteSsoKey(tx, staffOf(request), request.params.kid)),
  );
}
