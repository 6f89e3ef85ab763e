import type { Command } from 'commander';
import { system } from '#actor.ts';
import { changeIncident, listIncidents, publishIncident } from '#desk/incidents/incidents.ts';
import { NewIncident } from '#desk/incidents/schema.ts';
import { withDatabase } from './database.ts';
import { print, table } from './print.ts';
import { checkText, numberOf } from './usage.ts';

export function incidentCommands(program: Command) {
  const incident = program.command('incident').description('known incidents, of which clients are told');
  incident
    .command('publish')
    .description('tell all clients of an incident')
    .requiredOption('--en <title>', 'its English title')
    .requiredOption('--ru <title>', 'its Russian title')
    .option('--topic <key...>', 'the topics that it concerns, all unless given')
    .option('--json', 'print one JSON object')
    .action(({ en, ru, topic: topic_keys }) =>
      withDatabase(async (database) => {
        const { properties: titles } = NewIncident.properties.title;
        checkText('English title', en, titles.en);
        checkText('Russian title', ru, titles.ru);
        const input = { title: { en, ru }, topic_keys };
        const published = await database.transact((tx) => publishIncident(tx, system, input));
        print(published, `Incident ${published.incident_id} published.`);
      }),
    );
  incident
    .command('list')
    .description('list the newest 100 incidents, including ended ones')
    .option('--json', 'print one JSON array')
    .action(() =>
      withDatabase(async ({ db }) => {
        const incidents = await listIncidents(db, undefined);
        const rows = incidents.map(({ title, ...rest }) => ({ ...rest, en: title.en, ru: title.ru }));
        print(incidents, table(rows, ['incident_id', 'en', 'ru', 'topic_keys', 'created_at', 'ended_at']));
      }),
    );
  incident
    .command('end <incident-id>')
    .description('end an incident: clients are not told of it any more')
    .option('--json', 'print one JSON object')
    .action((id: string) =>
      withDatabase(async (database) => {
        const number = numberOf('an incident', id);
        const ended = await database.transact((tx) => changeIncident(tx, system, number, { is_ended: true }));
        print(ended, `Incident ${id} ended.`);
      }),
    );
}
