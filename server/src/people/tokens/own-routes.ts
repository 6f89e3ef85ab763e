import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { IssuedToken, NewStaffToken, OwnTokenPath, Token } from './schema.ts';
import { issueToken, listTokens, revokeToken } from './tokens.ts';

const tags = ['Staff: accounts and tokens'];

/** What every staff member may do with their own tokens. */
export function ownTokenRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/me/tokens',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List your tokens',
        operationId: 'listOwnTokens',
        description: 'Without secrets.',
        response: { 200: Items(Token) },
      },
    },
    async (request) => ({ items: await listTokens(database.db, { staff_id: staffOf(request).staffId }) }),
  );

  app.post(
    '/staff/me/tokens',
    {
      config: { access: 'staff', showsSecret: true, grantsAccess: true },
      schema: {
        tags,
        summary: 'Issue a token for yourself',
        operationId: 'issueOwnToken',
        description: 'The secret is shown only once. The token can do no more than its owner.',
        body: NewStaffToken,
        response: { 200: Ref(IssuedToken) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => {
        const staff = staffOf(request);
        return issueToken(tx, staff, { ...request.body, staff_id: staff.staffId });
      }),
  );

  app.delete(
    '/staff/me/tokens/:own_token_id',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Revoke one of your tokens',
        operationId: 'revokeOwnToken',
        description: 'This cannot be undone. Open streams of the token end within 5 seconds.',
        params: OwnTokenPath,
        response: { 200: Ref(Token) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => {
        const staff = staffOf(request);
        return revokeToken(tx, staff, request.params.own_token_id, { staff_id: staff.staffId });
      }),
  );
}
