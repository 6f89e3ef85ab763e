import { staffOf } from '#people/access/access.ts';
import { findAccount } from '#people/accounts/accounts.ts';
import { AccountPath } from '#people/accounts/schema.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { IssuedToken, NewKindToken, NewToken, Token, TokenChange, TokenPath, TokenQuery } from './schema.ts';
import { changeToken, issueToken, listTokens, revokeToken } from './tokens.ts';

const tags = ['Staff: accounts and tokens'];

export function tokenStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/tokens',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'List tokens of every kind',
        operationId: 'listAllTokens',
        description: 'Without secrets, in the order of ids. For the next page, send the last id as `after`.',
        querystring: TokenQuery,
        response: { 200: Items(Token) },
      },
    },
    async (request) => ({ items: await listTokens(database.db, request.query) }),
  );

  app.post(
    '/staff/tokens',
    {
      config: { access: 'admin', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Issue a token of any kind',
        operationId: 'issueAnyToken',
        description:
          'A token of kind `client` needs an `account_id`, one of kind `staff` a `staff_id`, one of kind `service` neither.',
        body: NewKindToken,
        response: { 200: Ref(IssuedToken) },
      },
    },
    (request, reply) => write(request, reply, (tx) => issueToken(tx, staffOf(request), request.body)),
  );

  app.get(
    '/staff/accounts/:account_id/tokens',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'List tokens of an account',
        operationId: 'listTokens',
        description: 'Without secrets.',
        params: AccountPath,
        response: { 200: Items(Token) },
      },
    },
    async (request) => {
      const { account_id } = await findAccount(database.db, staffOf(request), request.params.account_id);
      return { items: await listTokens(database.db, { account_id }) };
    },
  );

  app.post(
    '/staff/accounts/:account_id/tokens',
    {
      config: { access: 'admin', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Issue a token',
        operationId: 'issueToken',
        description: 'The secret is shown only once.',
        params: AccountPath,
        body: NewToken,
        response: { 200: Ref(IssuedToken) },
      },
    },
    (request, reply) =>
      write(request, reply, async (tx) => {
        const { account_id } = await findAccount(tx, staffOf(request), request.params.account_id);
        return issueToken(tx, staffOf(request), { ...request.body, account_id });
      }),
  );

  app.patch(
    '/staff/tokens/:token_id',
    {
      config: { access: 'admin', grantsAccess: true },
      schema: {
        tags,
        summary: 'Rename, limit, disable or enable a token',
        operationId: 'changeToken',
        description: 'Fields that are left out do not change. A disabled token stops working at once.',
        params: TokenPath,
        body: TokenChange,
        response: { 200: Ref(Token) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => changeToken(tx, staffOf(request), request.params.token_id, request.body)),
  );

  app.delete(
    '/staff/tokens/:token_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Revoke a token',
        operationId: 'revokeToken',
        description: 'This cannot be undone. Open streams of the token end within 5 seconds.',
        params: TokenPath,
        response: { 200: Ref(Token) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => revokeToken(tx, staffOf(request), request.params.token_id)),
  );
}
