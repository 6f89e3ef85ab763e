import { invalid } from '#errors.ts';
import { staffOrServiceOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, isText, Ref } from '#platform/http/schemas.ts';
import { findAccount, findAccountByExternalId, listAccounts, putAccount } from './accounts.ts';
import { Account, AccountInput, AccountPath, AccountQuery, ExternalId, ExternalIdPath } from './schema.ts';

const tags = ['Staff: accounts and tokens'];

export function accountStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/accounts',
    {
      config: { access: 'staff', service: 'accounts:read' },
      schema: {
        tags,
        summary: 'List accounts',
        operationId: 'listAccounts',
        description: 'In the order of ids. For the next page, send the last id as `after`.',
        querystring: AccountQuery,
        response: { 200: Items(Account) },
      },
    },
    async (request) => ({ items: await listAccounts(database.db, staffOrServiceOf(request), request.query) }),
  );

  app.get(
    '/staff/accounts/:account_id',
    {
      config: { access: 'staff', service: 'accounts:read' },
      schema: {
        tags,
        summary: 'Find account',
        operationId: 'findAccount',
        description: 'A service gets the note as null.',
        params: AccountPath,
        response: { 200: Ref(Account) },
      },
    },
    (request) => findAccount(database.db, staffOrServiceOf(request), request.params.account_id),
  );

  app.get(
    '/staff/accounts/by-external-id/:external_id',
    {
      config: { access: 'staff', service: 'accounts:read' },
      schema: {
        tags,
        summary: 'Find account by external id',
        operationId: 'findAccountByExternalId',
        description: 'Percent-encode the id, slashes too.',
        params: ExternalIdPath,
        response: { 200: Ref(Account) },
      },
    },
    (request) => findAccountByExternalId(database.db, staffOrServiceOf(request), request.params.external_id),
  );

  app.put(
    '/staff/accounts/by-external-id/:external_id',
    {
      config: { access: 'admin', service: 'accounts:write' },
      schema: {
        tags,
        summary: 'Upsert an account',
        operationId: 'putAccount',
        description:
          'For the sync of a panel. Creates the account if it does not exist. Fields that are left out do not change.',
        params: ExternalIdPath,
        body: AccountInput,
        response: { 200: Ref(Account) },
      },
    },
    (request, reply) => {
      const { external_id } = request.params;
      if (!isText(ExternalId, external_id)) {
        throw invalid('invalid_external_id', 'An external id has 1 to 200 characters.');
      }
      return write(request, reply, (tx) =>
        putAccount(tx, staffOrServiceOf(request), external_id, request.body),
      );
    },
  );
}
