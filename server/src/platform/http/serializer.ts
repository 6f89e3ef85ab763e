/** Serializers that write what a schema names and nothing else. */
import fastJsonStringify, { type Schema } from 'fast-json-stringify';
import type { Static, TSchema } from '#platform/type.ts';

/** For data that is not sent by a reply, such as events of a stream. */
export function serializer<T extends TSchema>(
  schema: T,
  refs: Record<string, TSchema>,
): (value: Static<T>) => string {
  // The package's type knows one schema dialect only; TypeBox writes plain JSON schema.
  return fastJsonStringify(schema as object as Schema, {
    schema: refs as Record<string, object> as Record<string, Schema>,
  });
}

/** As `serializer`, with those of the shared schemas that it needs: checking all of them each time takes long. */
export function compileSerializer(schema: object, shared: Record<string, unknown>) {
  return fastJsonStringify(schema as Schema, { schema: neededBy(schema, shared as Record<string, Schema>) });
}

function neededBy(schema: unknown, shared: Record<string, Schema>, found: Record<string, Schema> = {}) {
  for (const [, id = ''] of JSON.stringify(schema).matchAll(/"\$ref":"(\w+)#/g)) {
    const named = shared[id];
    if (!named || found[id]) continue;
    found[id] = named;
    neededBy(named, shared, found);
  }
  return found;
}
