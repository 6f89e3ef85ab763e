import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { runBulk } from './bulk.ts';
import { Bulk, BulkPath, BulkResult, BulkUndone } from './schema.ts';
import { undoBulk } from './undo.ts';

const tags = ['Staff: queue'];

export function bulkStaffRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/bulk',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Change, resolve, close or mark many tickets',
        operationId: 'runBulk',
        description: 'Takes a change or an action. A ticket that refuses it stops no other.',
        body: Bulk,
        response: { 200: BulkResult },
      },
    },
    (request, reply) => write(request, reply, (tx) => runBulk(tx, staffOf(request), request.body)),
  );

  app.post(
    '/staff/bulk/:bulk_id/undo',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Undo what was done to many tickets',
        operationId: 'undoBulk',
        description:
          'Once, within 24 hours, by who did it or an admin. What somebody has changed since stays.',
        params: BulkPath,
        response: { 200: BulkUndone },
      },
    },
    (request, reply) => write(request, reply, (tx) => undoBulk(tx, staffOf(request), request.params.bulk_id)),
  );
}
