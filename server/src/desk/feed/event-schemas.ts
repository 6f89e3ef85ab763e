/**
 * The events in the reference: a schema for each type, so that generated clients know an event's `data` from its
 * `type`. Responses are serialized with the one flat schema of schema.ts, because unions are serialized many times
 * more slowly.
 */
import { type EventType, eventTypes, typesWhere } from '#platform/events/types.ts';

interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
}
type Schemas = Record<string, object>;

const BASE = 'StaffEventBase';
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** `ticket.staff_read` → `TicketStaffReadEvent`. */
const nameOf = (type: EventType) =>
  `${type.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase())}Event`;

/** Replaces StaffEvent in the reference by the union of all event types. */
export function withEventTypes({ StaffEvent, ...schemas }: Schemas): Schemas {
  const types = typesWhere(() => true);
  const named = types.map((type) => [nameOf(type), schemaOf(type)]);
  const mapping = Object.fromEntries(types.map((type) => [type, refTo(nameOf(type)).$ref]));
  const union = {
    description: `An event. Types may be added: ignore unknown ones. All events have the fields of \`${BASE}\`.`,
    oneOf: types.map((type) => refTo(nameOf(type))),
    discriminator: { propertyName: 'type', mapping },
  };
  return { ...schemas, StaffEvent: union, [BASE]: { ...StaffEvent }, ...Object.fromEntries(named) };
}

function schemaOf(type: EventType) {
  const { description, data } = eventTypes[type];
  const properties = { type: { type: 'string', const: type }, data: nullable(data) };
  return {
    description,
    allOf: [refTo(BASE), { type: 'object', required: ['type', 'data'], properties }],
  };
}

/** `data` is null once it was erased. */
function nullable(schema: JsonSchema): JsonSchema {
  if (schema.anyOf) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  const types = [schema.type ?? []].flat();
  return types.includes('null') ? schema : { ...schema, type: [...types, 'null'] };
}
