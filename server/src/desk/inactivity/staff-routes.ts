import { staffOf } from '#people/access/access.ts';
import type { App, Deps } from '#platform/http/app.ts';
import { Items, Ref } from '#platform/http/schemas.ts';
import {
  addInactivityRule,
  changeInactivityRule,
  deleteInactivityRule,
  listInactivityRules,
} from './inactivity-rules.ts';
import { InactivityRule, InactivityRuleChange, InactivityRulePath, NewInactivityRule } from './schema.ts';

const tags = ['Staff: SLA and inactivity'];

export function autoStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/inactivity-rules',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'List inactivity rules',
        operationId: 'listInactivityRules',
        description:
          'The rules say when the client is reminded of an inactive ticket, and when it is closed.',
        response: { 200: Items(InactivityRule) },
      },
    },
    async () => ({ items: await listInactivityRules(database.db) }),
  );

  app.post(
    '/staff/inactivity-rules',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Add an inactivity rule',
        operationId: 'addInactivityRule',
        description:
          'There is at most one rule for each topic, and one for all other topics. A rule has no effect until it is enabled.',
        body: NewInactivityRule,
        response: { 200: Ref(InactivityRule) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addInactivityRule(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/inactivity-rules/:inactivity_rule_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Change an inactivity rule',
        operationId: 'changeInactivityRule',
        description: 'Fields that are left out do not change.',
        params: InactivityRulePath,
        body: InactivityRuleChange,
        response: { 200: Ref(InactivityRule) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeInactivityRule(tx, staffOf(request), request.params.inactivity_rule_id, request.body),
      ),
  );

  app.delete(
    '/staff/inactivity-rules/:inactivity_rule_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Delete an inactivity rule',
        operationId: 'deleteInactivityRule',
        description: 'Returns the deleted rule. Tickets that it has closed stay closed.',
        params: InactivityRulePath,
        response: { 200: Ref(InactivityRule) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        deleteInactivityRule(tx, staffOf(request), request.params.inactivity_rule_id),
      ),
  );
}
