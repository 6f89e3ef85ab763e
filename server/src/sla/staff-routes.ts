import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Items, Ref } from '../http/schemas.ts';
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

const tags = ['Staff: promises'];

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
        summary: 'Calendars of business hours',
        operationId: 'listCalendars',
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
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Delete a calendar that no policy uses',
        operationId: 'deleteCalendar',
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
        summary: 'SLA policies',
        operationId: 'listSlaPolicies',
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
        params: SlaPolicyPath,
        response: { 200: Ref(SlaPolicy) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deletePolicy(tx, staffOf(request), request.params.sla_policy_id)),
  );
}
