/** Serializers that write what a schema names and nothing else. */
import fastJsonStringify, { type Schema } from 'fast-json-stringify';
import type { Static, TSchema } from 'typebox';

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

/**
 * Compiles Fastify's serializers, each with only the shared schemas it needs. Checking all of them again for each of
 * some 200 responses would take most of the start-up time.
 */
export function buildSerializer(shared: unknown) {
  const schemas = shared as Record<string, Schema>; // by $id, as Fastify stores them
  return ({ schema }: { schema?: unknown }) =>
    fastJsonStringify(schema as Schema, { schema: neededBy(schema, schemas) });
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
