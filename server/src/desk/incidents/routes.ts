import type { App, Deps } from '#platform/http/app.ts';
import { Items } from '#platform/http/schemas.ts';
import { listOpenIncidents } from './incidents.ts';
import { Incident } from './schema.ts';

export function incidentRoutes(app: App, { database }: Deps) {
  app.get(
    '/support/incidents',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Incidents'],
        summary: 'Known incidents',
        operationId: 'listOpenIncidents',
        description:
          'What the host has announced and has not ended, newest first. `/support/events` says when it has changed.',
        response: { 200: Items(Incident) },
      },
    },
    async () => ({ items: await listOpenIncidents(database.db) }),
  );
}
