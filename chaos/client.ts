/** One request over a real socket. */

export interface Response<T> {
  status: number;
  body: T;
  headers: Headers;
  ms: number;
}

export interface Request {
  method?: string;
  /** Sent as JSON, or unchanged when it is a form. */
  body?: unknown;
  key?: string | undefined;
  timeoutMs?: number;
}

/**
 * Undefined when no response arrived: the outcome is unknown. The caller asserts `T`; the contract tests check the
 * shapes.
 */
export async function send<T>(
  url: string,
  token: string,
  { method = 'GET', body, key, timeoutMs = 30_000 }: Request = {},
): Promise<Response<T> | undefined> {
  const headers: Record<string, string> = { 'x-token': token };
  if (key !== undefined) headers['idempotency-key'] = key;
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers['content-type'] = 'application/json';
  const start = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: isForm || body === undefined ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text),
      ms: performance.now() - start,
    };
  } catch {
    return undefined;
  }
}

export function fileForm(name: string, content: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  return form;
}
