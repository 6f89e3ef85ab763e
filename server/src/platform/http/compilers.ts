/**
 * Validators and serializers of routes. Each is compiled by the first request that needs it: there are some 300, a process
 * needs few of them, and compiling all would take half of its start. `compilers.test.ts` compiles every one.
 */
import type { FastifyInstance } from 'fastify';
import { createAjv } from './ajv.ts';
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

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
