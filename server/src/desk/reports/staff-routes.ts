import type { FastifyReply } from 'fastify';
import type { App, Deps } from '#platform/http/app.ts';
import { csv } from '#platform/http/openapi-parts.ts';
import { toCsv } from './csv.ts';
import { report } from './reports.ts';
import { figures, reportNames, reportQueryOf, reportSchema } from './schema.ts';

const titles = {
  volume: 'Report: volume',
  first_response: 'Report: first response times',
  resolution: 'Report: resolution times',
  sla: 'Report: SLA targets',
  backlog: 'Report: backlog by age',
  votes: 'Report: votes',
};

export function reportStaffRoutes(app: App, { database }: Deps) {
  for (const name of reportNames) {
    const described = { tags: ['Staff: reports'], querystring: reportQueryOf(name) };
    const operationId = `report_${name}`.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    app.get(
      `/staff/reports/${name}`,
      {
        config: { access: 'staff', unpublished: ['format'] },
        schema: {
          ...described,
          summary: titles[name],
          operationId,
          description: `In the days of \`time_zone\`. \`/staff/reports/${name}.csv\` returns the same as CSV.`,
          response: { 200: reportSchema(name) },
        },
      },
      async (request, reply) => {
        const found = await report(database.db, name, request.query);
        return request.query.format === 'csv' ? (sendCsv(reply, found) as never) : found; // text instead of the schema's JSON
      },
    );
    app.get(
      `/staff/reports/${name}.csv`,
      {
        config: { access: 'staff', produces: csv, unpublished: ['format'] },
        schema: {
          ...described,
          summary: `${titles[name]}, as CSV`,
          operationId: `${operationId}Csv`,
          description: `The rows of \`/staff/reports/${name}\`, with a header line.`,
        },
      },
      async (request, reply) => sendCsv(reply, await report(database.db, name, request.query)),
    );
  }
}

function sendCsv(reply: FastifyReply, { report: name, from, to, items }: Awaited<ReturnType<typeof report>>) {
  reply.type('text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}-${from}-${to}.csv"`);
  return reply.send(toCsv(['group', 'name', ...Object.keys(figures[name])], items));
}
