import type { FastifyReply, FastifyRequest } from 'fastify';
import { toCsv } from '#desk/reports/csv.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { nextLink } from '#platform/http/next-link.ts';
import { csv } from '#platform/http/openapi-parts.ts';
import { listAudit } from './audit.ts';
import { AuditItem, AuditPage, AuditQuery } from './schema.ts';

/** All fields but the cursor, which the Link header has. */
const columns = Object.keys(AuditItem.properties).filter((name) => name !== 'cursor');

export function auditStaffRoutes(app: App, { database }: Deps) {
  app.get(
    '/staff/audit',
    {
      config: { access: 'admin', unpublished: ['format'] },
      schema: {
        tags: ['Staff: audit'],
        summary: 'Audit log, latest first',
        operationId: 'listAudit',
        description:
          'Returns every recorded event with who did it. `/staff/audit.csv` returns the same as CSV.',
        querystring: AuditQuery,
        response: { 200: AuditPage },
      },
    },
    async (request, reply) => {
      if (request.query.format === 'csv') return sendCsv(request, reply) as never; // text instead of the schema's JSON
      return listAudit(database.db, request.query);
    },
  );

  app.get(
    '/staff/audit.csv',
    {
      config: { access: 'admin', produces: csv, unpublished: ['format'] },
      schema: {
        tags: ['Staff: audit'],
        summary: 'Audit log, as CSV',
        operationId: 'exportAudit',
        description:
          'Returns at most `limit` rows. The `Link` header has the address of the next page (RFC 8288).',
        querystring: AuditQuery,
      },
    },
    sendCsv,
  );

  async function sendCsv(request: FastifyRequest<{ Querystring: AuditQuery }>, reply: FastifyReply) {
    const page = await listAudit(database.db, request.query);
    if (page.after !== null) reply.header('link', nextLink(request.url, { after: page.after }));
    reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="audit.csv"');
    const rows = page.items.map((item) => ({ ...item, data: item.data && JSON.stringify(item.data) }));
    return reply.send(toCsv(columns, rows));
  }
}
