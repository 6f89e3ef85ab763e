import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import { addCalendar, changeCalendar, deleteCalendar, listCalendars } from './calendars.ts';
import { addPolicy, changePolicy, deletePolicy, listPolicies } from './policies.ts';
import {
  Calendar,
  CalendarChange,
  CalendarPath,
  NewCalendar,
  NewSlaPolicy,
  SlaPolicy,
  SlaPolicyChange,
  SlaPolicyPath,
} from './schema.ts';

const tags = ['Staff: SLA and inactivity'];

export function slaStaffRoutes(app: App, deps: Deps) {
  calendarRoutes(app, deps);
  policyRoutes(app, deps);
}

function calendarRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/calendars',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List calendars of business hours',
        operationId: 'listCalendars',
        description: 'Returns calendars with their hours, time zones and holidays.',
        response: { 200: Items(Calendar) },
      },
    },
    async () => ({ items: await listCalendars(database.db) }),
  );

  app.post(
    '/staff/calendars',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Add a calendar',
        operationId: 'addCalendar',
        description: 'The hours are local times of a time zone.',
        body: NewCalendar,
        response: { 200: Ref(Calendar) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addCalendar(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/calendars/:calendar_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Change a calendar',
        operationId: 'changeCalendar',
        description:
          'Fields that are left out do not change. Open tickets get their new SLA targets within minutes.',
        params: CalendarPath,
        body: CalendarChange,
        response: { 200: Ref(Calendar) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeCalendar(tx, staffOf(request), request.params.calendar_id, request.body),
      ),
  );

  app.delete(
    '/staff/calendars/:calendar_id',
    {
      config: { access: 'admin', refuses: ['Conflict'] },
      schema: {
        tags,
        summary: 'Delete a calendar',
        operationId: 'deleteCalendar',
        description: 'Returns the deleted calendar. Returns 409 if a policy uses it.',
        params: CalendarPath,
        response: { 200: Ref(Calendar) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deleteCalendar(tx, staffOf(request), request.params.calendar_id)),
  );
}

function policyRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/sla-policies',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List SLA policies',
        operationId: 'listSlaPolicies',
        description:
          'A ticket has one policy. From highest to lowest precedence: topic and priority, topic only, priority only, neither.',
        response: { 200: Items(SlaPolicy) },
      },
    },
    async () => ({ items: await listPolicies(database.db) }),
  );

  app.post(
    '/staff/sla-policies',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Add an SLA policy for a topic and a priority',
        operationId: 'addSlaPolicy',
        description: 'There is at most one policy for each pair of topic and priority.',
        body: NewSlaPolicy,
        response: { 200: Ref(SlaPolicy) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addPolicy(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/sla-policies/:sla_policy_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Change an SLA policy',
        operationId: 'changeSlaPolicy',
        description:
          'Fields that are left out do not change. Open tickets get their new SLA targets within minutes.',
        params: SlaPolicyPath,
        body: SlaPolicyChange,
        response: { 200: Ref(SlaPolicy) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changePolicy(tx, staffOf(request), request.params.sla_policy_id, request.body),
      ),
  );

  app.delete(
    '/staff/sla-policies/:sla_policy_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Delete an SLA policy',
        operationId: 'deleteSlaPolicy',
        description: 'Returns what was deleted.',
        params: SlaPolicyPath,
        response: { 200: Ref(SlaPolicy) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deletePolicy(tx, staffOf(request), request.params.sla_policy_id)),
  );
}
