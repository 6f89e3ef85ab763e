import type { Command } from 'commander';
import { system } from '#actor.ts';
import { MAX_POSITION, TOPIC_KEY } from '#desk/topics/schema.ts';
import { addTopic, changeTopic, listAllTopics } from '#desk/topics/topics.ts';
import { LocalizedName } from '#platform/http/schemas.ts';
import { withDatabase } from './database.ts';
import { print, table } from './print.ts';
import { checkText, UsageError } from './usage.ts';

export function topicCommands(program: Command) {
  const topic = program.command('topic').description('topics of tickets');
  topic
    .command('add <key>')
    .description('add a topic, after the others unless --position is given')
    .requiredOption('--en <name>', 'its English name')
    .requiredOption('--ru <name>', 'its Russian name')
    .option('--position <number>', `position in lists, lowest first, 0 to ${MAX_POSITION}`)
    .option('--json', 'print one JSON object')
    .action((key: string, { en, ru, position: given }) =>
      withDatabase(async (database) => {
        checkKey(key);
        checkText('English name', en, LocalizedName.properties.en);
        checkText('Russian name', ru, LocalizedName.properties.ru);
        const added = await database.transact(async (tx) => {
          const last = Math.max(-1, ...(await listAllTopics(tx)).map(({ position }) => position));
          const position = given === undefined ? Math.min(last + 1, MAX_POSITION) : positionOf(given);
          return addTopic(tx, system, { key, name: { en, ru }, position });
        });
        print(added, `Topic ${key} added.`);
      }),
    );
  topic
    .command('list')
    .description('list topics, including archived ones')
    .option('--json', 'print one JSON array')
    .action(() =>
      withDatabase(async ({ db }) => {
        const topics = await listAllTopics(db);
        const rows = topics.map(({ name, ...rest }) => ({ ...rest, en: name.en, ru: name.ru }));
        print(topics, table(rows, ['key', 'en', 'ru', 'position', 'archived_at']));
      }),
    );
  topic
    .command('archive <key>')
    .description('archive a topic: tickets keep it, but no ticket can be given it')
    .option('--json', 'print one JSON object')
    .action((key: string) =>
      withDatabase(async (database) => {
        const archived = await database.transact((tx) => changeTopic(tx, system, key, { is_archived: true }));
        print(archived, `Topic ${key} archived.`);
      }),
    );
}

function checkKey(key: string) {
  if (!new RegExp(TOPIC_KEY).test(key)) {
    throw new UsageError(
      `"${key}" is not a key: lower-case letters, digits, - and _, at most 100; not "none".`,
    );
  }
}

function positionOf(given: string): number {
  if (!/^\d{1,5}$/.test(given) || Number(given) > MAX_POSITION) {
    throw new UsageError(`"${given}" is not a position from 0 to ${MAX_POSITION}.`);
  }
  return Number(given);
}
