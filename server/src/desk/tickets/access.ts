/** Which contacts of an account can see a ticket, as later revisions of the given API define it. */
import type { Actor } from '#actor.ts';
import { invalid } from '#errors.ts';
import type { Db } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { seesAllOfAccount } from '#visible.ts';
import type { TicketAccess } from './access-schema.ts';

/** Refuses a project ticket without a project, and one that its author could not see. */
export async function checkAccess(
  db: Db,
  actor: Actor,
  { access_level, keystone_projects = [] }: TicketAccess,
) {
  if (access_level !== 'project_users') return;
  const [project] = keystone_projects;
  if (project === undefined) throw refusal('project_required', 'is required with `project_users`');
  if (actor.kind !== 'client' || seesAllOfAccount(actor)) return;
  const { rows } = await sql`
    select from contacts
    where account_id = ${actor.accountId} and user_id = ${actor.userId} and ${project} = any(projects)
  `.execute(db);
  if (rows.length === 0) throw refusal('unknown_project', 'is not one of your projects');
}

const refusal = (code: string, detail: string) =>
  invalid(code, 'Name the project whose contacts see the ticket.', [
    { pointer: '/keystone_projects', detail },
  ]);
