/** Examples for the operations in the reference, made from the examples of bodies and response schemas. */

export interface Examples {
  /** By schema name, for every operation that responds with it. */
  schemas: Record<string, unknown>;
  /** JSON bodies by operationId. */
  requests: Record<string, unknown>;
  /**
   * By operationId, when the response is neither a named schema nor a list of one. For a stream, the data of one
   * event.
   */
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

/** Adds examples to the operation's JSON body and to its response, unless the response is binary. */
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

/** The example of a named schema, of a list, or of an object made of these and of constants. Otherwise undefined. */
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
