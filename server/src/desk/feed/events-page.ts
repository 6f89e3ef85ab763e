/** docs/events.md: every type of event. */
import { eventTypes, typesWhere } from '#platform/events/types.ts';

const seenBy = {
  client: 'clients and staff',
  staff: 'staff',
  self: 'whoever did it, and staff if all share the thing',
  admin: 'whoever did it, and admins',
};

export function eventsPage(): string {
  const rows = typesWhere(() => true).map((type) => {
    const { audience, data, description } = eventTypes[type];
    return `| \`${type}\` | ${seenBy[audience]} | ${fieldsOf(data)} | ${description} |`;
  });
  return [
    '# Events',
    '',
    'Every type of event, who sees it, and the fields of its `data`, which staff see; a field with `?` is not always there.',
    'Data without a field is null, and so are data that have been erased. The reference has the schema of each.',
    'Generated from `server/src/platform/events/types` by `npm run openapi`.',
    '',
    '| event | seen by | `data` | when |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

interface Data {
  type?: string | string[];
  anyOf?: Data[];
  properties?: Record<string, object>;
  required?: string[];
}

function fieldsOf({ type, anyOf, properties = {}, required = [] }: Data): string {
  if (anyOf) return anyOf.map(fieldsOf).join(', or ');
  const isAlways = (name: string) => required.includes(name) && !type?.includes('null');
  return Object.keys(properties)
    .map((name) => (isAlways(name) ? `\`${name}\`` : `\`${name}?\``))
    .join(', ');
}
