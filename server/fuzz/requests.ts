/**
 * Generates requests to an operation of an OpenAPI document: valid ones, and ones with an error in path, header or
 * body.
 */
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { multipart } from '#test/caller.ts';
import { type Known, knownOr, legal, mutated, odd, oddText, type RequestSchema } from './arbitraries.ts';

/** The part of an operation that a fuzzer needs, with its path and method. */
export interface Operation {
  path: string;
  method: string;
  operationId: string;
  'x-access'?: string[];
  parameters?: Array<{ $ref?: string; in: string; name: string; schema: RequestSchema }>;
  requestBody?: { content: Record<string, { schema: RequestSchema }> };
  responses: Record<string, { $ref?: string; content?: Record<string, object> }>;
}

export type Request = Omit<InjectOptions, 'headers'> & {
  headers: Record<string, string>;
  /** Whether it fits the operation's schemas, so that it can be refused only for the state of the data. */
  isLegal: boolean;
};

/** One valid request for every two mutated ones. An upload is a form, for which there is no schema. */
export function requestsTo(operation: Operation, known: Known): fc.Arbitrary<Request> {
  if (isUpload(operation)) return uploadRequests(operation);
  return fc.oneof(legalRequests(operation, known), {
    weight: 2,
    arbitrary: mutatedRequests(operation, known),
  });
}

/** Requests that fit the reference. */
export function legalRequests(operation: Operation, known: Known): fc.Arbitrary<Request> {
  if (isUpload(operation))
    return fc.string().map((content) => uploadOf(operation, multipart('a.txt', content)));
  const url = urls(operation, (schema, name) => knownOr(known[name], schema));
  const schema = bodySchema(operation);
  const body = schema ? legal(schema, known).map((value) => JSON.stringify(value)) : fc.constant(undefined);
  return fc.record({ url, body }).map((one) => ({
    method: methodOf(operation),
    url: one.url,
    payload: one.body,
    headers: typed(one.body, 'application/json'),
    isLegal: true,
  }));
}

function mutatedRequests(operation: Operation, known: Known): fc.Arbitrary<Request> {
  const url = urls(operation, (schema, name) => fc.oneof(knownOr(known[name], schema), odd));
  const json = mutated(legal(bodySchema(operation) ?? {}, known)).map((value) => JSON.stringify(value));
  const body = operation.method === 'get' ? fc.constant(undefined) : brokenBodies(json);
  return fc.record({ url, body, type: contentTypes, more: headers }).map((one) => ({
    method: methodOf(operation),
    url: one.url,
    payload: one.body,
    headers: { ...one.more, ...typed(one.body, one.type) },
    isLegal: false,
  }));
}

function uploadRequests(operation: Operation): fc.Arbitrary<Request> {
  const parts = fc.record({
    name: fileNames,
    content: fileContents,
    field: fileFields,
    cut: cuts,
    more: headers,
  });
  return parts.map(({ name, content, field, cut, more }) => {
    const { type, body } = multipart(name, Buffer.from(content), field);
    return uploadOf(operation, { type, body: cut ? body.subarray(0, cut) : body }, more);
  });
}

const isUpload = ({ requestBody }: Operation) => requestBody?.content['multipart/form-data'] !== undefined;

const uploadOf = (
  operation: Operation,
  { type, body }: ReturnType<typeof multipart>,
  more: Request['headers'] = {},
): Request => ({
  method: methodOf(operation),
  url: operation.path,
  payload: body,
  headers: { ...more, 'content-type': type },
  isLegal: false, // there is no schema that it could fit
});

/** Mostly JSON; sometimes truncated and continued with something else, invalid UTF-8, or empty. */
function brokenBodies(json: fc.Arbitrary<string>) {
  const cut = fc
    .tuple(json, fc.nat(), oddText)
    .map(([whole, at, more]) => whole.slice(0, at % whole.length) + more);
  const bytes = fc.uint8Array({ maxLength: 50 }).map((values) => Buffer.from(values));
  return fc.oneof({ weight: 6, arbitrary: json }, cut, bytes, fc.constant(undefined));
}

/** The operation's path with its parameters and query. Query parameters may be left out. */
function urls(
  { path, parameters = [] }: Operation,
  valueFor: (schema: RequestSchema, name: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<string> {
  const own = parameters.filter(({ $ref }) => !$ref);
  const inPath = own.filter((one) => one.in === 'path').map(({ name }) => name);
  const model = Object.fromEntries(own.map(({ name, schema }) => [name, valueFor(schema, name)]));
  return fc.record(model, { requiredKeys: inPath }).map((values: Record<string, unknown>) => {
    const query = Object.entries(values).filter(([name]) => !inPath.includes(name));
    const search = query.map(([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`).join('&');
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => stepOf(values[name]));
    return search ? `${filled}?${search}` : filled;
  });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
/** A path segment: neither empty nor dots, which would make another path. */
const stepOf = (value: unknown) => encodeURIComponent(textOf(value)).replace(/^\.*$/, '-');

const bodySchema = ({ requestBody }: Operation) => requestBody?.content['application/json']?.schema;
const methodOf = ({ method }: Operation) => method.toUpperCase() as 'GET'; // any method of an operation
const typed = (body: unknown, type: string): Record<string, string> =>
  body === undefined ? {} : { 'content-type': type };

const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('', 'a', '"a"', 'a b', 'k'.repeat(256), '"')),
    'if-match': fc.constantFrom('*', '"1-a"', '"2-a"', 'a', '""', '"99999999999999999-a"', 'W/"1-a"'),
    'if-none-match': fc.constantFrom('*', '"a"', '', 'W/"a", "b"', ','),
    prefer: fc.constantFrom('read-receipt=none', 'read-receipt=', ';;=', ''),
    range: fc.constantFrom(
      'bytes=0-1',
      'bytes=5-',
      'bytes=-1',
      'bytes=9-1',
      'bytes=0-0,1-1',
      'lines=1',
      'bytes=1e9-',
    ),
    'last-event-id': fc.constantFrom('', 'x', '1.1.1'),
    accept: fc.constantFrom('application/json', 'text/html', '', '*/*;q=0'),
    'x-forwarded-for': fc.constantFrom('1.2.3.4', 'x', ''),
  },
  { requiredKeys: [] },
);
const contentTypes = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/json; charset=utf-8',
    'application/json; charset=latin1',
    'text/plain',
    'multipart/form-data',
    '',
  ),
);

const fileNames = fc.oneof(
  fc.constantFrom('a.txt', 'b.log', 'c.png', 'd.exe', '../e.txt', 'f', '.txt', 'a.txt"; x="'),
  oddText,
);
const fileContents = fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }));
const fileFields = fc.oneof(
  { weight: 5, arbitrary: fc.constant('file') },
  fc.constantFrom('', 'files', '__proto__'),
);
const cuts = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(300));
