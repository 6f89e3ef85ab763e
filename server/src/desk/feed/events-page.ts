/** docs/events.md: every type of event. */
import { eventTypes, typesWhere } from '#platform/events/types.ts';

const audiences = {
  client: 'clients and staff',
  staff: 'staff',
  self: 'the person who did it; all staff if it is shared',
  admin: 'the person who did it, and admins',
};

export function eventsPage(): string {
  const rows = typesWhere(() => true).map((type) => {
    const { audience, data, description } = eventTypes[type];
    return `| \`${type}\` | ${audiences[audience]} | ${fieldsOf(data)} | ${description} |`;
  });
  return [
    '# Events',
    '',
    'All event types, who sees them, and the fields of `data`. Only staff see `data`. A field with `?` is optional.',
    '`data` is null if it has no field, or if it was erased. The reference has the schema of each type.',
    'This page is generated from `server/src/platform/events/types` by `npm run openapi`.',
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
