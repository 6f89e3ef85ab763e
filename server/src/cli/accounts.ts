import { type Command, Option } from 'commander';
import { system } from '#actor.ts';
import { addAccount, listAccounts } from '#people/accounts/accounts.ts';
import { AccountInput, ExternalId } from '#people/accounts/schema.ts';
import { withDatabase } from './database.ts';
import { print, table } from './print.ts';
import { checkEmail, checkText } from './usage.ts';

export function accountCommands(program: Command) {
  const account = program.command('account').description('customers of the host');
  account
    .command('add <external-id>')
    .description('add an account')
    .requiredOption('--name <name>')
    .requiredOption('--email <address>')
    .addOption(new Option('--locale <locale>').choices(['en', 'ru']).default('en'))
    .option('--json', 'print one JSON object')
    .action((externalId: string, { name, email, locale }) =>
      withDatabase(async (database) => {
        checkText('external id', externalId, ExternalId);
        checkText('name', name, AccountInput.properties.name);
        checkEmail(email);
        const added = await database.transact((tx) =>
          addAccount(tx, system, externalId, { name, email, locale }),
        );
        print(added, `Account ${added.account_id} (${added.external_id}) added.`);
      }),
    );
  account
    .command('list')
    .description('list accounts')
    .option('--json', 'print one JSON array')
    .action(() =>
      withDatabase(async ({ db }) => {
        const accounts = await listAccounts(db, system, { limit: 1_000_000 });
        print(accounts, table(accounts, ['account_id', 'external_id', 'name', 'email', 'locale']));
      }),
    );
}
