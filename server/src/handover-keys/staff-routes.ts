import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Items, Ref } from '../http/schemas.ts';
import { addHandoverKey, changeHandoverKey, deleteHandoverKey, listHandoverKeys } from './keys.ts';
import {
  AddedHandoverKey,
  HandoverKey,
  HandoverKeyChange,
  HandoverKeyPath,
  NewHandoverKey,
} from './schema.ts';

const tags = ['Staff: hand-over'];

export function handoverKeyRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/handover-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Keys that sign for clients',
        operationId: 'listHandoverKeys',
        description: 'Without their secrets.',
        response: { 200: Items(HandoverKey) },
      },
    },
    async () => ({ items: await listHandoverKeys(database.db) }),
  );

  app.post(
    '/staff/handover-keys',
    {
      config: { access: 'admin', showsSecret: true, letsIn: true },
      schema: {
        tags,
        summary: 'Add a key that signs for clients',
        operationId: 'addHandoverKey',
        description: 'With HS256 the secret is made here and shown this once; otherwise give the public key.',
        body: NewHandoverKey,
        response: { 200: Ref(AddedHandoverKey) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addHandoverKey(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/handover-keys/:kid',
    {
      config: { access: 'admin', letsIn: true },
      schema: {
        tags,
        summary: 'Rename, disable or enable such a key',
        operationId: 'changeHandoverKey',
        description: 'A key that is disabled ends the sessions that it has opened.',
        params: HandoverKeyPath,
        body: HandoverKeyChange,
        response: { 200: Ref(HandoverKey) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeHandoverKey(tx, staffOf(request), request.params.kid, request.body),
      ),
  );

  app.delete(
    '/staff/handover-keys/:kid',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Remove such a key',
        operationId: 'deleteHandoverKey',
        description: 'Sessions that it has opened end.',
        params: HandoverKeyPath,
        response: { 200: Ref(HandoverKey) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deleteHandoverKey(tx, staffOf(request), request.params.kid)),
  );
}
