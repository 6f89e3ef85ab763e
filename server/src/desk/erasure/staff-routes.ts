import { staffOf } from '#people/access/access.ts';
import { AccountPath } from '#people/accounts/schema.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Ref } from '#platform/http/schemas.ts';
import { findErasure, requestErasure } from './request.ts';
import { Erasure, ErasurePath, NewErasure } from './schema.ts';

const tags = ['Staff: accounts and tokens'];

export function erasureStaffRoutes(app: App, { database, write }: Deps) {
  app.post(
    '/staff/accounts/:account_id/erase',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Erase an account or one of its contacts for good',
        description: 'Keys and sessions end at once. A job does the rest; the erasure shows its progress.',
        operationId: 'eraseAccount',
        params: AccountPath,
        body: NewErasure,
        response: { 200: Ref(Erasure) },
      },
    },
    (request, reply) => {
      const { account_id } = request.params;
      return write(request, reply, (tx) =>
        requestErasure(tx, staffOf(request), account_id, request.body.user_id),
      );
    },
  );

  app.get(
    '/staff/erasures/:erasure_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Find erasure',
        operationId: 'findErasure',
        description:
          'Returns the progress of an erasure, and how much it has removed. The erasure itself is kept.',
        params: ErasurePath,
        response: { 200: Ref(Erasure) },
      },
    },
    (request) => findErasure(database.db, request.params.erasure_id),
  );
}
