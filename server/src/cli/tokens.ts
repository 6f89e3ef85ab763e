import { type Command, Option } from 'commander';
import { system } from '#actor.ts';
import { findAccountByExternalId } from '#people/accounts/accounts.ts';
import { findStaffByEmail } from '#people/staff/staff.ts';
import { NewToken } from '#people/tokens/schema.ts';
import { changeToken, issueToken, listTokens, revokeToken, type TokenOwner } from '#people/tokens/tokens.ts';
import type { Database } from '#platform/db/database.ts';
import { withDatabase } from './database.ts';
import { print, table } from './print.ts';
import { checkText, numberOf, UsageError } from './usage.ts';

export function tokenCommands(program: Command) {
  const token = program.command('token').description('keys for X-Token');
  issueCommand(token);
  token
    .command('list')
    .description('list tokens, without their secrets')
    .option('--json', 'print one JSON array')
    .action(() =>
      withDatabase(async ({ db }) => {
        const tokens = await listTokens(db);
        print(
          tokens,
          table(tokens, [
            'token_id',
            'kind',
            'account_id',
            'staff_id',
            'name',
            'disabled_at',
            'last_used_at',
          ]),
        );
      }),
    );
  switchCommand(token, 'disable', false);
  switchCommand(token, 'enable', true);
  token
    .command('revoke <token-id>')
    .description('revoke a token for good')
    .option('--json', 'print one JSON object')
    .action((id: string) =>
      withDatabase(async (database) => {
        print(
          await database.transact((tx) => revokeToken(tx, system, numberOf('a token', id))),
          `Token ${id} revoked.`,
        );
      }),
    );
}

interface Owner {
  account?: string;
  staff?: string;
  service?: boolean;
}

function issueCommand(token: Command) {
  token
    .command('issue')
    .description('issue a token; its secret is shown only once')
    .addOption(new Option('--account <external-id>', 'for an account').conflicts('staff'))
    .option('--staff <email>', 'for a staff member')
    .addOption(
      new Option('--service', 'for a program of the host, such as its panel').conflicts(['account', 'staff']),
    )
    .requiredOption('--name <name>')
    .option('--json', 'print one JSON object')
    .action((options: Owner & { name: string }) =>
      withDatabase(async (database) => {
        checkText('name', options.name, NewToken.properties.name);
        const owner = await findOwner(database, options);
        const issued = await database.transact((tx) =>
          issueToken(tx, system, { ...owner, name: options.name }),
        );
        print(issued, `Token ${issued.token_id}, shown only once:\n${issued.token}`);
      }),
    );
}

async function findOwner({ db }: Database, { account, staff, service }: Owner): Promise<TokenOwner> {
  if (account !== undefined) {
    const { account_id } = await findAccountByExternalId(db, system, account);
    return { account_id };
  }
  if (staff !== undefined) return { staff_id: (await findStaffByEmail(db, staff)).staff_id };
  if (service) return { kind: 'service' };
  throw new UsageError('Give the owner of the token: --account <external-id>, --staff <email> or --service.');
}

function switchCommand(token: Command, verb: 'disable' | 'enable', is_enabled: boolean) {
  token
    .command(`${verb} <token-id>`)
    .description(`${verb} a token`)
    .option('--json', 'print one JSON object')
    .action((id: string) =>
      withDatabase(async (database) => {
        const changed = await database.transact((tx) =>
          changeToken(tx, system, numberOf('a token', id), { is_enabled }),
        );
        print(changed, `Token ${id} ${verb}d.`);
      }),
    );
}
