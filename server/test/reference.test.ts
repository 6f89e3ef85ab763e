/** The given document (document.ts) against the OpenAPI document that the product generates. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { configurationPage } from '#config.ts';
import { eventsPage } from '#desk/feed/events-page.ts';
import { examples } from '#examples.ts';
import { generateOpenApi } from '#openapi.ts';
import { type Field, nested, operations, type Shape, withOurs } from './document.ts';
import { limitsOf } from './limits.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  [keyword: string]: unknown;
}

interface Content {
  schema: Schema;
  examples?: Record<string, { value: unknown }>;
}

interface Described {
  summary: string;
  security: object[];
  'x-access'?: string[];
  parameters?: Array<{
    $ref?: string;
    in: string;
    name: string;
    description?: string;
    required: boolean;
    schema: Schema;
  }>;
  operationId: string;
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}

const generated = await generateOpenApi();
const api = JSON.parse(generated);
const described = operations.flatMap((operation) =>
  operation.methods.map((method) => {
    const says: Described | undefined = api.paths[operation.path]?.[method];
    assert.ok(says, `${method} ${operation.path} is missing`);
    return { ...operation, says, what: `${method} ${operation.path}` };
  }),
);

test('the reference has every operation of the document, with its name and for a client’s token', () => {
  const { description, ...key } = api.components.securitySchemes.token;
  assert.deepEqual(key, { type: 'apiKey', in: 'header', name: 'X-Token' });
  for (const { says, name, what } of described) {
    assert.equal(says.summary, name, what);
    assert.deepEqual(says.security, [{ token: [] }], what);
    assert.deepEqual(says['x-access'], ['client'], what);
    const successes = Object.keys(says.responses).filter((status) => /^2/.test(status));
    assert.deepEqual(successes, ['200'], what);
  }
});

test('the reference requires the fields of the document, with their types and limits, and no others', () => {
  for (const { says, body, alsoTakes = [], what } of described) {
    const schema = says.requestBody?.content['application/json']?.schema;
    assert.equal(Boolean(schema), Boolean(body), what);
    const stated = Object.entries(schema?.properties ?? {})
      .filter(([name]) => !alsoTakes.includes(name))
      .map(([name, field]) => [name, limitsIn(field)]);
    const wanted = Object.entries(body ?? {}).map(([name, field]) => [name, limitsWanted(field)]);
    assert.deepEqual(Object.fromEntries(stated), Object.fromEntries(wanted), what);
    const required = Object.entries(body ?? {}).filter(([, field]) => field.required);
    assert.deepEqual([...(schema?.required ?? [])].sort(), required.map(([name]) => name).sort(), what);
    assert.equal(schema?.minProperties, undefined, what);
  }
});

test('the reference has the parameters of the document, with their types, limits and defaults', () => {
  for (const { says, query = {}, alsoTakes = [], path, what } of described) {
    const parameters = says.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const stated = inPath.map(({ name, required, schema }) => [name, required, schema.type]);
    assert.deepEqual(
      stated,
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true, 'integer']),
      what,
    );

    const all = parameters.filter((parameter) => parameter.in === 'query');
    const inQuery = all.filter(({ name }) => !alsoTakes.includes(name));
    for (const { name, required } of all)
      assert.ok(!alsoTakes.includes(name) || !required, `${name} of ${what}`);
    const limits = inQuery.map(({ name, schema, required }) => [name, { ...limitsIn(schema), required }]);
    const wanted = Object.entries(query).map(([name, field]) => [
      name,
      { ...limitsWanted(field), required: false },
    ]);
    assert.deepEqual(Object.fromEntries(limits), Object.fromEntries(wanted), what);
  }
});

test('the reference has the response fields of the document and ours, all of them required', () => {
  for (const { says, response, item, what } of described) {
    const schema = says.responses['200']?.content?.['application/json']?.schema ?? {};
    assertShape(schema, response, what);
    if (item) assertShape(resolve(schema).properties?.items?.items ?? {}, item, `items of ${what}`);
  }
});

test('docs/openapi.json, docs/configuration.md and docs/events.md are what "npm run openapi" writes', () => {
  const written = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', 'docs', name), 'utf8');
  for (const [name, wanted] of [
    ['openapi.json', generated],
    ['configuration.md', configurationPage()],
    ['events.md', eventsPage()],
  ] as const) {
    assert.ok(written(name) === wanted, `docs/${name} is stale: run "npm run openapi"`);
  }
});

const everyOperation = Object.entries<Record<string, Described>>(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, says]) => ({ says, what: `${method.toUpperCase()} ${path}` })),
);

test('every operation says who may use it, what its parameters mean, and what each status means', () => {
  for (const { says, what } of everyOperation) {
    assert.ok(says.security.length > 0 === Boolean(says['x-access']), what);
    const success = Object.keys(says.responses).filter((status) => status === '200' || status === '302');
    assert.equal(success.length, 1, what);
    for (const status of Object.keys(says.responses)) assert.match(status, /^\d{3}$/, what);
    for (const parameter of says.parameters ?? []) {
      assert.ok(parameter.$ref ?? parameter.description, `${parameter.name} of ${what} needs a description`);
    }
  }
});

test('every operation has an example request and response, and each fits its schema', () => {
  for (const { says, what } of everyOperation) {
    const sent = Object.entries(says.requestBody?.content ?? {}).map(
      ([type, one]) => ['requests', type, one] as const,
    );
    const okContent = Object.entries(says.responses['200']?.content ?? {});
    for (const [part, type, content] of [
      ...sent,
      ...okContent.map(([type, one]) => ['responses', type, one] as const),
    ]) {
      if (!/json|csv|event-stream/.test(type)) continue;
      const { operationId } = says;
      const missing = `${what} has no example: add "${operationId}" to "${part}" in the examples.ts beside its routes`;
      assert.ok(content.examples, part === 'responses' ? `${missing}, or its schema to "schemas"` : missing);
      for (const { value } of Object.values(content.examples)) assertFits(value, content.schema, what, part);
    }
  }
});

test('every example belongs to an existing operation or schema', () => {
  const known = new Set(everyOperation.map(({ says }) => says.operationId));
  for (const part of ['requests', 'responses', 'given'] as const) {
    for (const name of Object.keys(examples[part]))
      assert.ok(known.has(name), `there is no operation ${name}`);
  }
  for (const [name, value] of Object.entries(examples.schemas)) {
    assert.ok(api.components.schemas[name], `there is no schema ${name}`);
    assertFits(value, { $ref: `#/components/schemas/${name}` }, name, 'schemas');
  }
});

test('the samples of the document are published unchanged, with our fields added', () => {
  for (const { says, name, sample, what } of described) {
    const { request, response } = sample ?? {};
    const sent = says.requestBody?.content['application/json']?.examples?.tickets_api?.value;
    const given = says.responses['200']?.content?.['application/json']?.examples?.tickets_api?.value;
    if (request) assert.deepEqual(sent, request, `request of ${what} (${name})`);
    for (const [field, value] of Object.entries(response ?? {})) {
      assert.deepEqual((given as Record<string, unknown>)?.[field], value, `${field} of ${what} (${name})`);
    }
  }
});

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'api', ...api });

function assertFits(value: unknown, schema: Schema, what: string, part: string) {
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
  if (ajv.validate(absolute, value)) return;
  const errors = (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`);
  assert.fail(
    `The example of ${what} in "${part}" of examples.ts does not fit its schema: ${errors.join('; ')}`,
  );
}

test('every text in a request has a maximum length', () => {
  for (const { says, what } of everyOperation) {
    const inQuery = (says.parameters ?? []).filter((parameter) => parameter.in === 'query');
    for (const { name, schema } of inQuery) assertLimited(schema, `${name} of ${what}`);
    for (const { schema } of Object.values(says.requestBody?.content ?? {})) assertLimited(schema, what);
  }
});

function assertLimited(schema: Schema, what: string) {
  const { type, properties = {}, items } = schema;
  const isText = [type].flat().includes('string');
  const limits = [schema.maxLength, schema.enum, schema.format, schema.pattern];
  assert.ok(!isText || limits.some((limit) => limit !== undefined), `${what} needs a maxLength`);
  for (const [name, one] of Object.entries(properties)) assertLimited(one, `${name} of ${what}`);
  if (items) assertLimited(items, what);
}

test('each response has one format: CSV, binary data and streams are separate operations', () => {
  for (const { says, what } of everyOperation) {
    assert.ok(Object.keys(says.responses['200']?.content ?? {}).length <= 1, what);
  }
});

test('every tool can read the patterns, and no schema has the name of a built-in type', () => {
  assert.doesNotMatch(generated, /\\p\{|\(\?[!=<]/);
  for (const name of Object.keys(api.components.schemas)) {
    assert.ok(
      !(name in globalThis),
      `${name} would hide the ${name} that browsers know in generated clients`,
    );
  }
});

const resolve = (schema: Schema): Schema =>
  schema.$ref ? api.components.schemas[schema.$ref.replace('#/components/schemas/', '')] : schema;

function assertShape(schema: Schema, shape: Shape, what: string) {
  const { properties = {}, required = [] } = resolve(schema);
  const stated = Object.entries(properties).map(([name, property]) => [name, typeOf(property)]);
  const wanted = withOurs(shape);
  assert.deepEqual(Object.fromEntries(stated), wanted, what);
  assert.deepEqual([...required].sort(), Object.keys(wanted).sort(), what);
  for (const [name, property] of Object.entries(properties)) {
    const inner = nested[name];
    if (inner && /^object/.test(wanted[name] ?? ''))
      assertShape(property.items ?? property, inner, `${name} of ${what}`);
  }
}

/** A type in the notation of document.ts. */
function typeOf(schema: Schema): string {
  if (schema.$ref) return 'object';
  const [type = '', second, third] = [schema.type ?? ''].flat();
  if (third === 'null') return `${type}|${second}?`;
  const format = schema.format === 'date-time' ? schema.format : type;
  return `${type === 'array' ? `${typeOf(schema.items ?? {})}[]` : format}${second === 'null' ? '?' : ''}`;
}

/** What a schema states, without descriptions and the pattern that refuses blank text. */
function limitsIn({ description, pattern, items, ...stated }: Schema) {
  return { ...stated, ...(items && { items: items.format }) };
}

function limitsWanted(field: Field): object {
  const { min, max } = limitsOf(field);
  const [minName, maxName] = {
    string: ['minLength', 'maxLength'],
    array: ['minItems', 'maxItems'],
    integer: ['minimum', 'maximum'],
    boolean: ['', ''],
  }[field.type];
  const { format, items, default: standard, nullable } = field;
  return {
    type: nullable ? [field.type, 'null'] : field.type,
    ...(format && { format }),
    ...(items && { items }),
    ...(field.enum && { enum: field.enum }),
    ...(standard !== undefined && { default: standard }),
    ...(min !== undefined && { [String(minName)]: min }),
    ...(max !== undefined && { [String(maxName)]: max }),
  };
}
