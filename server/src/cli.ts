/** The `paneldesk` command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { addAccount, findAccountByExternalId, listAccounts } from './accounts/accounts.ts';
import { system } from './actor.ts';
import { type Config, ConfigError, configurationPage, readConfig } from './config.ts';
import { constraintError } from './db/constraints.ts';
import type { Database } from './db/database.ts';
import { makeDemo } from './demo/demo.ts';
import { ApiError } from './errors.ts';
import { isEmail } from './http/schemas.ts';
import { openFiles, openMigrated, version } from './main.ts';
import { generateOpenApi } from './openapi.ts';
import { serve } from './serve.ts';
import { inviteMember } from './staff/invitations.ts';
import { findStaffByEmail } from './staff/staff.ts';
import { changeToken, issueToken, listTokens, revokeToken, type TokenOwner } from './tokens/tokens.ts';

const projectRoot = join(import.meta.dirname, '..', '..');

class UsageError extends Error {}

let printsJson = false;

const program = new Command('paneldesk')
  .description('A support desk that lives inside your control panel.')
  .version(version)
  .showHelpAfterError()
  .exitOverride()
  .hook('preAction', (_program, command) => {
    printsJson = command.opts().json === true;
  })
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed, 2 wrong usage. Configuration: docs/configuration.md.',
  );

program
  .command('serve')
  .description('run the server')
  .action(() => serve(readConfig(process.env)));

program
  .command('migrate')
  .description('bring the database up to date')
  .option('--json', 'print one JSON object')
  .action(() => withDatabase(async () => print({ migrated: true }, 'The database is up to date.')));

const account = program.command('account').description('customers of the host');
account
  .command('add <external-id>')
  .description('add an account')
  .requiredOption('--name <name>')
  .requiredOption('--email <address>')
  .addOption(new Option('--locale <locale>').choices(['en', 'ru']).default('en'))
  .option('--json', 'print one JSON object')
  .action((externalId: string, options) =>
    withDatabase(async (database) => {
      const { name, email, locale } = options;
      checkText('external id', externalId, 255);
      checkText('name', name, 255);
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

const staff = program.command('staff').description('support people');
staff
  .command('add <email>')
  .description('add a staff member, with a secret to choose a password, shown this once')
  .requiredOption('--name <name>')
  .addOption(new Option('--role <role>').choices(['agent', 'admin']).makeOptionMandatory())
  .option('--json', 'print one JSON object')
  .action((email: string, { name, role }) =>
    withDatabase(async (database) => {
      checkText('name', name, 255);
      checkEmail(email);
      const added = await database.transact((tx) => inviteMember(tx, system, { email, name, role }));
      const { secret, expires_at } = added.invitation;
      print(
        added,
        `Staff member ${added.staff_id} (${added.email}) added. To choose a password, until ${expires_at}:\n${secret}`,
      );
    }),
  );

const token = program.command('token').description('keys for X-Token');
token
  .command('issue')
  .description('issue a token; its secret is shown this once')
  .addOption(new Option('--account <external-id>', 'for an account').conflicts('staff'))
  .option('--staff <email>', 'for a staff member')
  .addOption(
    new Option('--service', 'for a program of the host’s, such as its panel').conflicts(['account', 'staff']),
  )
  .requiredOption('--name <name>')
  .option('--json', 'print one JSON object')
  .action((options: Owner & { name: string }) =>
    withDatabase(async (database) => {
      checkText('name', options.name, 100);
      const owner = await findOwner(database, options);
      const issued = await database.transact((tx) =>
        issueToken(tx, system, { ...owner, name: options.name }),
      );
      print(issued, `Token ${issued.token_id}, shown this once:\n${issued.token}`);
    }),
  );
token
  .command('list')
  .description('list tokens, without their secrets')
  .option('--json', 'print one JSON array')
  .action(() =>
    withDatabase(async ({ db }) => {
      const tokens = await listTokens(db);
      print(
        tokens,
        table(tokens, ['token_id', 'kind', 'account_id', 'staff_id', 'name', 'disabled_at', 'last_used_at']),
      );
    }),
  );
for (const [verb, is_enabled] of [
  ['disable', false],
  ['enable', true],
] as const) {
  token
    .command(`${verb} <token-id>`)
    .description(`${verb} a token`)
    .option('--json', 'print one JSON object')
    .action((id: string) =>
      withDatabase(async (database) => {
        const changed = await database.transact((tx) =>
          changeToken(tx, system, numberOf(id), { is_enabled }),
        );
        print(changed, `Token ${id} ${verb}d.`);
      }),
    );
}
token
  .command('revoke <token-id>')
  .description('revoke a token for good')
  .option('--json', 'print one JSON object')
  .action((id: string) =>
    withDatabase(async (database) => {
      print(await database.transact((tx) => revokeToken(tx, system, numberOf(id))), `Token ${id} revoked.`);
    }),
  );

program
  .command('demo')
  .description('make demo data in an empty database')
  .option('--json', 'print one JSON object')
  .action(() =>
    withDatabase(async (database, config) => {
      const made = await makeDemo(database, await openFiles(config), config.dataDir);
      if (!made) throw new Error('The database is not empty: demo data is made in an empty one only.');
      print(made, `Demo data made; ${made.credentials_file} has the keys.`);
    }),
  );

program
  .command('openapi')
  .description('print the OpenAPI document')
  .option('--write', 'write docs/openapi.json and docs/configuration.md instead')
  .action(async ({ write }) => {
    const document = await generateOpenApi();
    if (!write) {
      process.stdout.write(document);
      return;
    }
    writeFileSync(join(projectRoot, 'docs', 'openapi.json'), document);
    writeFileSync(join(projectRoot, 'docs', 'configuration.md'), configurationPage());
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = fail(error as Failure);
}

async function withDatabase(work: (database: Database, config: Config) => Promise<void>) {
  const config = readConfig(process.env);
  const { database, close } = await openMigrated(config);
  try {
    await work(database, config);
  } finally {
    await close();
  }
}

interface Owner {
  account?: string;
  staff?: string;
  service?: boolean;
}

async function findOwner({ db }: Database, { account, staff, service }: Owner): Promise<TokenOwner> {
  if (account !== undefined) {
    const { account_id } = await findAccountByExternalId(db, system, account);
    return { account_id };
  }
  if (staff !== undefined) return { staff_id: (await findStaffByEmail(db, staff)).staff_id };
  if (service) return { kind: 'service' };
  throw new UsageError('Say whose token it is: --account <external-id>, --staff <email> or --service.');
}

/** As the schemas of the API have it. */
function checkText(what: string, text: string, max: number) {
  if (!/[^\s\p{Cc}\p{Cf}\p{Z}]/u.test(text) || Array.from(text).length > max)
    throw new UsageError(`The ${what} needs 1 to ${max} characters, one of them to be seen.`);
}

function checkEmail(email: string) {
  if (!isEmail(email)) throw new UsageError(`"${email}" is not an e-mail address.`);
}

function numberOf(id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new UsageError(`"${id}" is not the id of a token.`);
  return Number(id);
}

function print(value: unknown, sentence: string) {
  process.stdout.write(`${printsJson ? JSON.stringify(value) : sentence}\n`);
}

function table<T extends object>(rows: T[], columns: Array<keyof T & string>): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '-')))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

type Failure = Error & { code?: string; exitCode?: number; constraint?: string };

/** What went wrong, as a sentence where it is the caller's to mend. Gives the exit code. */
function fail(error: Failure): number {
  if (error.code?.startsWith('commander.')) return error.exitCode === 0 ? 0 : 2; // it has said why
  const refusal = constraintError(error.constraint ?? '');
  if (refusal) return fail(refusal);
  const isKnown = error instanceof ConfigError || error instanceof UsageError || error instanceof ApiError;
  console.error(isKnown || !process.env.DEBUG ? `paneldesk: ${error.message}` : error);
  return error instanceof UsageError ? 2 : 1;
}
