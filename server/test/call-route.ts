/** How to call any route, and how to compare two responses. */
import { text } from 'node:stream/consumers';
import type { Access } from '#people/access/access.ts';
import type { KnownRoute } from '#platform/http/routes.ts';
import { multipart } from './caller.ts';
import { exampleOf, type JsonSchema } from './example.ts';
import type { Instance } from './instance.ts';

/** The path parameters, and the fields of the body where it has any. */
export interface Sample {
  value: string;
  known?: Record<string, unknown>;
  /** The only caller who may have it, if it is not for all. */
  of?: string;
}

export interface Ask {
  headers?: Record<string, string>;
  query?: string;
  sample?: Sample;
}

/** A response without what differs each time, to be compared byte for byte. */
export interface Comparable {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

export const nameOf = ({ method, url }: KnownRoute) => `${method} ${url}`;
export const accessOf = ({ options }: KnownRoute): Access | undefined => options.config?.access;
export const isRead = ({ method }: KnownRoute) => method === 'GET' || method === 'HEAD';

/** The path parameter and its type in the route's schema; undefined for a path without one. */
export function parameterOf({ url, options }: KnownRoute): { name: string; type: string } | undefined {
  const [name, second] = [...url.matchAll(/:(\w+)/g)].map((match) => match[1]);
  if (second) throw new Error(`${url} has two parameters: teach the walk to vary both.`);
  if (name === undefined) return undefined;
  const params = options.schema?.params as JsonSchema | undefined;
  const { type, format } = params?.properties?.[name] ?? {};
  // Erasure deletes the account: it must not be the one that the other tests use.
  const isErased = options.schema?.operationId === 'eraseAccount';
  return { name: isErased ? 'erased_account_id' : name, type: format ?? String(type) };
}

/** Every status that a route has responded with so far. */
export const statusesMet = new Map<KnownRoute, Set<number>>();

/** Calls the route with a body that fits its schema. */
export async function ask(
  { app }: Instance,
  route: KnownRoute,
  { headers, query, sample }: Ask,
): Promise<Comparable> {
  const path = route.url.replace(/:\w+/, sample?.value ?? '').replace('*', 'index.html');
  const { type, payload } = bodyOf(route, sample?.known);
  const response = await app.inject({
    method: route.method as 'GET', // any method of a route
    url: query ? `${path}?${query}` : path,
    headers: { ...(type && { 'content-type': type }), ...headers },
    payload,
    payloadAsStream: true, // an event stream has no end, so only its beginning is read
  });
  statusesMet.set(route, (statusesMet.get(route) ?? new Set()).add(response.statusCode));
  const { date, 'x-request-id': requestId, ...lasting } = response.headers;
  const isEndless = String(lasting['content-type']).startsWith('text/event-stream');
  const body = isEndless ? '' : await text(response.stream());
  if (isEndless) response.raw.res.destroy();
  return {
    status: response.statusCode,
    headers: lasting,
    text: body.replaceAll(String(requestId), 'the request'),
  };
}

/** Operations that need one of several fields, which their schemas cannot express. */
const eitherOf: Record<string, object> = { snoozeTicket: { until_reply: true } };

function bodyOf({ options, method }: KnownRoute, known?: Record<string, unknown>) {
  if (options.config?.requestBody) {
    const { type, body } = multipart('notes.txt', 'Some notes\n');
    return { type, payload: body };
  }
  const schema = options.schema?.body as JsonSchema | undefined;
  if (!schema || method === 'GET') return { type: undefined, payload: undefined };
  return {
    type: 'application/json',
    payload: JSON.stringify(
      exampleOf(schema, { ...eitherOf[String(options.schema?.operationId)], ...known }),
    ),
  };
}
