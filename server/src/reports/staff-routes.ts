import type { App, Deps } from '../app.ts';
import { toCsv } from './csv.ts';
import { report } from './reports.ts';
import { figures, ReportQuery, reportNames, reportSchema } from './schema.ts';

const titles = {
  volume: 'What came in and went out',
  first_answer: 'How long first answers took',
  resolution: 'How long solutions took',
  backlog: 'What is open, by age',
  votes: 'What clients thought of it',
};

export function reportStaffRoutes(app: App, { database }: Deps) {
  for (const name of reportNames) {
    app.get(
      `/staff/reports/${name}`,
      {
        config: { access: 'staff', produces: 'text/csv' },
        schema: {
          tags: ['Staff: reports'],
          summary: titles[name],
          operationId: `report_${name}`.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
          querystring: ReportQuery,
          response: { 200: reportSchema(name) },
        },
      },
      async (request, reply) => {
        const { items, ...head } = await report(database.db, name, request.query);
        if (request.query.format === 'json') return { ...head, items };
        reply.type('text/csv; charset=utf-8');
        reply.header('content-disposition', `attachment; filename="${name}-${head.from}-${head.to}.csv"`);
        return reply.send(toCsv(['group', 'name', ...Object.keys(figures[name])], items) as never); // text instead of the JSON
      },
    );
  }
}
