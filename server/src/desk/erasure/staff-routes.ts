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
        summary: 'Erase an account, or a person behind it, for good',
        description: 'Its keys and sessions end at once; the rest is a job, of which the erasure tells.',
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
        summary: 'What an erasure has removed',
        operationId: 'findErasure',
        description: 'How far it is, and how much of each kind is gone. It stays when all else is.',
        params: ErasurePath,
        response: { 200: Ref(Erasure) },
      },
    },
    (request) => findErasure(database.db, request.params.erasure_id),
  );
}
