/**
 * Builders of JSON Schemas with the types of TypeBox. Its own builders are 370 modules, a quarter of what loading the
 * server takes.
 */
import type * as TypeBox from 'typebox';

export type { Static, TProperties, TSchema, TString } from 'typebox';

type Schema = Record<string, unknown>;
type Properties = Record<string, Schema>;

const typed = (type: string) => (options?: object) => ({ type, ...options });

const optional = new WeakSet<Schema>();

function asOptional(schema: Schema) {
  const copy = { ...schema };
  optional.add(copy);
  return copy;
}

function object(properties: Properties, options?: object) {
  const required = Object.entries(properties).flatMap(([name, schema]) => (optional.has(schema) ? [] : name));
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
}

/** A builder that makes an object of the changed fields of another one. */
const objectFrom =
  (change: (fields: Array<[string, Schema]>) => Array<[string, Schema]>) =>
  ({ properties }: { properties: Properties }, options?: object) =>
    object(Object.fromEntries(change(Object.entries(properties))), options);

const having =
  (isWanted: (isNamed: boolean) => boolean) => (from: { properties: Properties }, names: string[]) =>
    objectFrom((fields) => fields.filter(([name]) => isWanted(names.includes(name))))(from);

const builders = {
  Array: (items: Schema, options?: object) => ({ type: 'array', items, ...options }),
  Boolean: typed('boolean'),
  Integer: typed('integer'),
  Literal: (value: unknown) => ({ const: value }),
  Null: typed('null'),
  Number: typed('number'),
  Object: object,
  Omit: having((isNamed) => !isNamed),
  Optional: asOptional,
  Partial: objectFrom((fields) => fields.map(([name, schema]) => [name, asOptional(schema)])),
  Pick: having((isNamed) => isNamed),
  Record: (_names: Schema, values: Schema) => ({ type: 'object', patternProperties: { '^.*$': values } }),
  Required: objectFrom((fields) => fields.map(([name, schema]) => [name, { ...schema }])),
  String: typed('string'),
  Union: (anyOf: Schema[]) => ({ anyOf }),
  Unsafe: (schema: Schema) => ({ ...schema }),
};

// The types of TypeBox have marks that only its own functions read.
const Type = builders as unknown as Pick<typeof TypeBox.Type, keyof typeof builders>;
declare namespace Type {
  type Static<T extends TypeBox.TSchema> = TypeBox.Static<T>;
}

export { Type as default };
