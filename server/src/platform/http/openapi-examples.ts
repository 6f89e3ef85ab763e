/** Examples of operations, put together from those of their bodies and of the schemas that they respond with. */

export interface Examples {
  /** By the name of the schema, for every operation that responses with it. */
  schemas: Record<string, unknown>;
  /** JSON bodies by operationId. */
  requests: Record<string, unknown>;
  /** By operationId, where the response is no named schema nor a list of one. Of a stream, the data of one event. */
  responses: Record<string, unknown>;
  /** The samples of the given document (Tickets API v1.1.0), by operationId. */
  given: Record<string, { request?: unknown; response?: unknown }>;
}

interface Documented {
  operationId?: string;
  requestBody?: { content?: Record<string, object> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

/** Puts examples into the operation's JSON body and into its response, unless that is bytes. */
export function addExamples(
  { operationId = '', requestBody, responses = {} }: Documented,
  examples: Examples,
) {
  const given = examples.given[operationId] ?? {};
  const body = requestBody?.content?.['application/json'];
  if (body) put(body, examples.requests[operationId], given.request);
  for (const [type, content] of Object.entries(responses['200']?.content ?? {})) {
    if (type === 'application/octet-stream') continue;
    put(
      content,
      examples.responses[operationId] ?? exampleOf(content.schema ?? {}, examples),
      given.response,
    );
  }
}

function put(content: object, value: unknown, given: unknown) {
  if (value === undefined) return;
  const sample = given !== undefined && {
    tickets_api: { summary: 'The sample of Tickets API v1.1.0', value: given },
  };
  Object.assign(content, { examples: { example: { summary: 'An example', value }, ...sample } });
}

/** Of a named schema, of a list, and of an object of such and of what has a value to every reader; else undefined. */
function exampleOf(schema: Schema, examples: Examples): unknown {
  if (schema.$ref) return examples.schemas[schema.$ref.replace('#/components/schemas/', '')];
  const [type, other] = [schema.type].flat();
  if (other === 'null') return null;
  if (type === 'boolean') return false;
  if (type === 'array') {
    const item = exampleOf(schema.items ?? {}, examples);
    return item === undefined ? undefined : [item];
  }
  if (type !== 'object') return undefined;
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [
    name,
    exampleOf(one, examples),
  ]);
  return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields);
}
