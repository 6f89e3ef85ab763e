import { type Command, Option } from 'commander';
import { roles, system } from '#actor.ts';
import { inviteMember } from '#people/staff/invitations.ts';
import { NewMember } from '#people/staff/schema.ts';
import { withDatabase } from './database.ts';
import { print } from './print.ts';
import { checkEmail, checkText } from './usage.ts';

export function staffCommands(program: Command) {
  program
    .command('staff')
    .description('support people')
    .command('add <email>')
    .description('add a staff member; prints a secret to choose a password, only once')
    .requiredOption('--name <name>')
    .addOption(new Option('--role <role>').choices(roles).makeOptionMandatory())
    .option('--json', 'print one JSON object')
    .action((email: string, { name, role }) =>
      withDatabase(async (database) => {
        checkText('name', name, NewMember.properties.name);
        checkEmail(email);
        const added = await database.transact((tx) => inviteMember(tx, system, { email, name, role }));
        const { secret, expires_at } = added.invitation;
        print(
          added,
          `Staff member ${added.staff_id} (${added.email}) added. To choose a password, until ${expires_at}:\n${secret}`,
        );
      }),
    );
}
