/**
 * Validators and serializers of routes. Each is compiled by the first request that needs it: there are some 300, a process
 * needs few of them, and compiling all would take half of its start. `compilers.test.ts` compiles every one.
 */
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { isEmail } from './schemas.ts';
import { compileSerializer } from './serializer.ts';

export function compileAtFirstUse(app: FastifyInstance) {
  const ajv = once(() => createAjv(app.getSchemas()));
  app.setValidatorCompiler<object>(({ schema }) => {
    const validate = once(() => ajv().compile(schema));
    return (value) => validate()(value) || { error: validate().errors ?? [] };
  });
  app.setSerializerCompiler<object>(({ schema }) => {
    const serialize = once(() => compileSerializer(schema, app.getSchemas()));
    return (value) => serialize()(value);
  });
}

/** Knows these shared schemas, and our format of an address. */
export function createAjv(shared: Record<string, unknown> = {}) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, useDefaults: true, addUsedSchema: false });
  formats.default(ajv);
  ajv.addFormat('email', isEmail);
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object);
  return ajv;
}

/** Makes it at the first call. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
