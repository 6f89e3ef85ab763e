/** The `paneldesk` command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { accountCommands } from '#cli/accounts.ts';
import { withDatabase } from '#cli/database.ts';
import { incidentCommands } from '#cli/incidents.ts';
import { print, printJson } from '#cli/print.ts';
import { staffCommands } from '#cli/staff.ts';
import { tokenCommands } from '#cli/tokens.ts';
import { topicCommands } from '#cli/topics.ts';
import { UsageError } from '#cli/usage.ts';
import { makeDemo } from '#demo/demo.ts';
import { constraintError } from '#platform/db/constraints.ts';
import { ConfigError, configurationPage, readConfig } from './config.ts';
import { ApiError } from './errors.ts';
import { serve } from './serve.ts';
import { openFiles } from './storage.ts';
import { version } from './version.ts';

const projectRoot = join(import.meta.dirname, '..', '..');

const program = new Command('paneldesk')
  .description('Support tickets in a hosting control panel.')
  .version(version)
  .showHelpAfterError()
  .exitOverride()
  .hook('preAction', (_program, command) => printJson(command.opts().json === true))
  .addHelpText(
    'after',
    '\nCommands work on the database in DATABASE_URL, or on the embedded one in DATA_DIR (the folder "data" by default).' +
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

for (const addCommands of [accountCommands, staffCommands, tokenCommands, topicCommands, incidentCommands])
  addCommands(program);

program
  .command('demo')
  .description('create demo data in an empty database')
  .option('--json', 'print one JSON object')
  .action(() =>
    withDatabase(
      async (database, config, stopping) => {
        const made = await makeDemo(database, await openFiles(config), config.dataDir, stopping);
        if (!made)
          throw new Error('The database is not empty. Demo data can only be created in an empty database.');
        print(made, `Demo data created. The keys are in ${made.credentials_file}.`);
      },
      { mayCreate: true },
    ),
  );

program
  .command('openapi')
  .description('print the OpenAPI document')
  .option('--write', 'write docs/openapi.json, docs/configuration.md and docs/events.md instead')
  .action(async ({ write }) => {
    const { generateOpenApi } = await import('./openapi.ts');
    const document = await generateOpenApi();
    if (!write) {
      process.stdout.write(document);
      return;
    }
    const { eventsPage } = await import('#desk/feed/events-page.ts');
    const pages = {
      'openapi.json': document,
      'configuration.md': configurationPage(),
      'events.md': eventsPage(),
    };
    for (const [name, page] of Object.entries(pages)) writeFileSync(join(projectRoot, 'docs', name), page);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = fail(error as Failure);
}

type Failure = Error & { code?: string; exitCode?: number; constraint?: string };

/** Prints what went wrong, as one sentence when the caller can fix it. Returns the exit code. */
function fail(error: Failure): number {
  if (error.code?.startsWith('commander.')) return error.exitCode === 0 ? 0 : 2; // already printed
  const refusal = constraintError(error.constraint ?? '');
  if (refusal) return fail(refusal);
  const isKnown = error instanceof ConfigError || error instanceof UsageError || error instanceof ApiError;
  console.error(isKnown || !process.env.DEBUG ? `paneldesk: ${error.message}` : error);
  return error instanceof UsageError ? 2 : 1;
}
