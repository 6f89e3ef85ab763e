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
        summary: 'Change, reply to, resolve, close, snooze, merge or mark many tickets',
        operationId: 'runBulk',
        description:
          'Applies a change, a reply and an action to each ticket, in this order. A merge cannot be combined with others. A ticket that is refused does not stop the others.',
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
        summary: 'Undo a bulk action',
        operationId: 'undoBulk',
        description:
          'Possible once, within 24 hours, for its author and for admins. Later changes and replies that were sent are not undone.',
        params: BulkPath,
        response: { 200: BulkUndone },
      },
    },
    (request, reply) => write(request, reply, (tx) => undoBulk(tx, staffOf(request), request.params.bulk_id)),
  );
}
