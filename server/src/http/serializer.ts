import fastJsonStringify, { type Schema } from 'fast-json-stringify';
import type { Static, TSchema } from 'typebox';

/** JSON of what `schema` names and nothing else, for what does not go through a reply, such as a stream. */
export function serializer<T extends TSchema>(
  schema: T,
  refs: Record<string, TSchema>,
): (value: Static<T>) => string {
  // The package's type knows one schema dialect only; TypeBox writes plain JSON schema.
  return fastJsonStringify(schema as object as Schema, {
    schema: refs as Record<string, object> as Record<string, Schema>,
  });
}
