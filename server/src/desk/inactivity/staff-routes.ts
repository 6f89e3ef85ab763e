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

const tags = ['Staff: SLA targets'];

export function autoStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/inactivity-rules',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Rules for inactive tickets',
        operationId: 'listInactivityRules',
        description: 'When a ticket is reminded of and closed that nobody writes on.',
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
        summary: 'Add a rule for a topic, or for all',
        operationId: 'addInactivityRule',
        description:
          'There is one for each topic, and one for all others. It does nothing until it is enabled.',
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
        summary: 'Change a rule for inactive tickets',
        operationId: 'changeInactivityRule',
        description: 'A field that is left out stays as it is.',
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
        summary: 'Delete a rule for inactive tickets',
        operationId: 'deleteInactivityRule',
        description: 'Returns what was deleted. Tickets that it has closed stay closed.',
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
