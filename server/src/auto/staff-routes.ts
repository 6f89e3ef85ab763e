import type { App, Deps } from '../app.ts';
import { staffOf } from '../http/access.ts';
import { Items, Ref } from '../http/schemas.ts';
import { addAutoRule, changeAutoRule, deleteAutoRule, listAutoRules } from './rules.ts';
import { AutoRule, AutoRuleChange, AutoRulePath, NewAutoRule } from './schema.ts';

const tags = ['Staff: promises'];

export function autoStaffRoutes(app: App, { database, write }: Deps) {
  app.get(
    '/staff/auto-rules',
    {
      config: { access: 'staff' },
      schema: {
        tags,
        summary: 'Rules for silent tickets',
        operationId: 'listAutoRules',
        description: 'When a ticket is reminded of and closed that nobody writes on.',
        response: { 200: Items(AutoRule) },
      },
    },
    async () => ({ items: await listAutoRules(database.db) }),
  );

  app.post(
    '/staff/auto-rules',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Add a rule for a topic, or for all',
        operationId: 'addAutoRule',
        description:
          'There is one for each topic, and one for all others. It does nothing until it is enabled.',
        body: NewAutoRule,
        response: { 200: Ref(AutoRule) },
      },
    },
    (request, reply) => write(request, reply, (tx) => addAutoRule(tx, staffOf(request), request.body)),
  );

  app.patch(
    '/staff/auto-rules/:auto_rule_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Change a rule for silent tickets',
        operationId: 'changeAutoRule',
        description: 'A field that is left out stays as it is.',
        params: AutoRulePath,
        body: AutoRuleChange,
        response: { 200: Ref(AutoRule) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) =>
        changeAutoRule(tx, staffOf(request), request.params.auto_rule_id, request.body),
      ),
  );

  app.delete(
    '/staff/auto-rules/:auto_rule_id',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Delete a rule for silent tickets',
        operationId: 'deleteAutoRule',
        description: 'Returns what was deleted. Tickets that it has closed stay closed.',
        params: AutoRulePath,
        response: { 200: Ref(AutoRule) },
      },
    },
    (request, reply) =>
      write(request, reply, (tx) => deleteAutoRule(tx, staffOf(request), request.params.auto_rule_id)),
  );
}
