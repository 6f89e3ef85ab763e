/** An example of an operation: a request that works, and what it is answered. */
interface Example {
  /** The JSON body. */
  request?: unknown;
  /** The answer's JSON, or its text where it is not JSON; of a stream, the data of one event. */
  response?: unknown;
  /** The samples of the given document (Tickets API v1.1.0), with our fields beside its own. */
  given?: { request?: unknown; response?: unknown };
}

/** By operationId. */
export type Examples = Record<string, Example>;

interface Documented {
  requestBody?: { content?: Record<string, object> };
  responses?: Record<string, { content?: Record<string, object> }>;
}

/** Puts an example into the operation's JSON body and into every form of its answer, except bytes. */
export function addExample({ requestBody, responses = {} }: Documented, example: Example | undefined) {
  if (!example) return;
  const { request, response, given = {} } = example;
  const body = requestBody?.content?.['application/json'];
  if (body && request !== undefined) Object.assign(body, { examples: named(request, given.request) });
  for (const [type, content] of Object.entries(responses['200']?.content ?? {})) {
    if (type === 'application/octet-stream' || response === undefined) continue;
    Object.assign(content, { examples: named(response, given.response) });
  }
}

const named = (value: unknown, given: unknown) => ({
  example: { summary: 'An example', value },
  ...(given !== undefined && { tickets_api: { summary: 'As in Tickets API v1.1.0', value: given } }),
});
