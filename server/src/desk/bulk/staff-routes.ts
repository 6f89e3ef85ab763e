import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { runBulk } from './bulk.ts';
import { Bulk, BulkPath, BulkResult, BulkUndone } from './schema.ts';
import { undoBulk } from './undo.ts';

const tags = ['Staff: queue'];

export function bulkStaffRoutes(app: App, { write }: Deps) {
  app.post(
    '/staff/bulk',
    {
      config: { access: 'staff', refuses: ['NotFound'] },
      schema: {
        tags,
        summary: 'Change, answer, resolve, close, snooze, merge or mark many tickets',
        operationId: 'runBulk',
        description:
          'Takes a change, a reply and an action, in this order; a merge alone. A ticket that refuses stops no other.',
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
          'Once, within 24 hours, by who did it or an admin. What somebody has changed since stays, and so does a reply that was sent.',
        params: BulkPath,
        response: { 200: BulkUndone },
      },
    },
    (request, reply) => write(request, reply, (tx) => undoBulk(tx, staffOf(request), request.params.bulk_id)),
  );
}
