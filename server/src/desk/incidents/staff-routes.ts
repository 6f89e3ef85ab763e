import { staffOrServiceOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { changeIncident, listIncidents, publishIncident } from './incidents.ts';
import { Incident, IncidentChange, IncidentPath, IncidentQuery, NewIncident } from './schema.ts';

const tags = ['Staff: incidents'];

export function incidentStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/incidents',
    {
      config: { access: 'staff', service: 'incidents:read' },
      schema: {
        tags,
        summary: 'List incidents, including ended ones',
        operationId: 'listIncidents',
        description: 'The newest 100. For the next page, send the last id as `before`.',
        querystring: IncidentQuery,
        response: { 200: Items(Incident) },
      },
    },
    async (request) => ({ items: await listIncidents(database.db, request.query.before) }),
  );

  app.post(
    '/staff/incidents',
    {
      config: { access: 'admin', service: 'incidents:write' },
      schema: {
        tags,
        summary: 'Publish an incident',
        operationId: 'publishIncident',
        description:
          'All clients can read it, and the portal shows it above the form of a new ticket. At most 10 can be open.',
        body: NewIncident,
        response: { 200: Ref(Incident) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => publishIncident(tx, staffOrServiceOf(request), request.body)),
  );

  app.patch(
    '/staff/incidents/:incident_id',
    {
      config: { access: 'admin', service: 'incidents:write' },
      schema: {
        tags,
        summary: 'Change or end an incident',
        operationId: 'changeIncident',
        description: 'Fields that are left out do not change. `is_ended` ends it, or opens it again.',
        params: IncidentPath,
        body: IncidentChange,
        response: { 200: Ref(Incident) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeIncident(tx, staffOrServiceOf(request), request.params.incident_id, request.body),
      ),
  );
}
