/** Finds a schema that cannot be compiled, which a start does not find. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { createAjv } from './ajv.ts';
import { compileSerializer } from './serializer.ts';

/** Of a response: a schema, or one for each type of content. */
interface Response {
  content?: Record<string, { schema: object }>;
}

const { app, close } = await openInstance();
after(close);

const routes = app.knownRoutes
  .filter(({ method }) => method !== 'HEAD') // has the schemas of GET
  .map(({ method, url, options }) => ({ name: `${method} ${url}`, schema: options.schema ?? {} }));

test('every schema of a request can be compiled', () => {
  const ajv = createAjv(app.getSchemas());
  let count = 0;
  for (const { name, schema } of routes) {
    for (const part of [schema.params, schema.querystring, schema.body]) {
      if (part === undefined) continue;
      assert.doesNotThrow(() => ajv.compile(part as object), name);
      count++;
    }
  }
  assert.ok(count > 150, `${count}`);
});

test('every schema of a response can be compiled', () => {
  let count = 0;
  for (const { name, schema } of routes) {
    for (const response of Object.values((schema.response ?? {}) as Record<string, Response>)) {
      const kinds = response.content ? Object.values(response.content) : [{ schema: response }];
      for (const kind of kinds)
        assert.doesNotThrow(() => compileSerializer(kind.schema, app.getSchemas()), name);
      count++;
    }
  }
  assert.ok(count > 120, `${count}`);
});
