/**
 * The one place that fetches. Operations and queries are generated from docs/openapi.json (web/codegen); here they get
 * the key of the reader, errors as ApiError, and a retry where it is safe.
 */
import { QueryClient } from '@tanstack/react-query';
import { ApiError, errorOf } from './errors.ts';
import { client } from './generated/client.gen.ts';

interface Access {
  /** Headers that say who asks: the portal's X-Token; a cookie needs none. */
  headers(): Record<string, string>;
  /** The key or the session has ended. */
  onUnauthorized(): void;
}

let access: Access = { headers: () => ({}), onUnauthorized: () => {} };

/** Called once, before the first request. */
export function setUpClient(given: Access) {
  access = given;
  client.setConfig({ baseUrl: '', throwOnError: true });
  client.interceptors.request.use((request) => {
    for (const [name, value] of Object.entries(access.headers())) request.headers.set(name, value);
    return request;
  });
  client.interceptors.error.use((body, response) => {
    const error = body instanceof ApiError ? body : errorOf(response, body);
    // A wrong password is a 401, too, and ends nothing.
    if (error.status === 401 && (error.code === 'unauthorized' || !error.problem)) access.onUnauthorized();
    return error;
  });
}

export const accessHeaders = () => access.headers();
export const reportUnauthorized = () => access.onUnauthorized();

/** A read is repeated after a temporary error; a 4xx says the same again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY, // the stream says when something has changed
      gcTime: 30 * 60_000,
      retry: (count, error) => count < 3 && error instanceof ApiError && error.isTemporary,
      retryDelay: (count, error) =>
        (error instanceof ApiError && error.retryAfter ? error.retryAfter : 0.5 * 2 ** count) * 1000,
      refetchOnWindowFocus: false,
      networkMode: 'always', // a server on the same machine is reached while the browser is offline
    },
    mutations: { networkMode: 'always' },
  },
});

/** The header of a write that is sent once, however often it is tried. */
export const once = (id: string = crypto.randomUUID()) => ({ 'Idempotency-Key': id });
