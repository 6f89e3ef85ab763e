import type { App, Deps } from '../app.ts';
import { toCsv } from '../reports/csv.ts';
import { listAudit } from './audit.ts';
import { AuditItem, AuditPage, AuditQuery } from './schema.ts';

/** All but the cursor: the Link header leads on. */
const columns = Object.keys(AuditItem.properties).filter((name) => name !== 'cursor');

export function auditStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/audit',
    {
      config: { access: 'admin', produces: 'text/csv' },
      schema: {
        tags: ['Staff: audit'],
        summary: 'Who did what, the latest first',
        operationId: 'listAudit',
        description: 'As CSV, the next page is named by the Link header (RFC 8288).',
        querystring: AuditQuery,
        response: { 200: AuditPage },
      },
    },
    async (request, reply) => {
      const page = await listAudit(database.db, request.query);
      if (request.query.format === 'json') return page;
      if (page.after !== null) reply.header('link', `<${nextOf(request.url, page.after)}>; rel="next"`);
      reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="audit.csv"');
      const rows = page.items.map((item) => ({ ...item, data: item.data && JSON.stringify(item.data) }));
      return reply.send(toCsv(columns, rows) as never); // text instead of the JSON
    },
  );
}

function nextOf(url: string, after: string): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('after', after);
  return `${path}?${parameters}`;
}
