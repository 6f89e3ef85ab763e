/** Somebody who sends requests to an instance under test, through the whole app. */
import type { InjectOptions } from 'fastify';
import type { App } from '#platform/http/app.ts';
import { assertDocumented } from './documented.ts';

export interface Response {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into responses of every shape; the contract test checks shapes
  body: any;
  text: string;
  headers: Record<string, string | string[] | number | undefined>;
}

/** Somebody with a token or session. */
export interface Caller {
  token: string;
  /** The headers of each of their requests: the token, or the session cookie. */
  headers: Record<string, string>;
  tokenId: number;
  /** The id of the account; 0 for staff and services. */
  accountId: number;
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  patch(url: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  put(url: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  delete(url: string): Promise<Response>;
  /** Uploads a file and returns the whole response. */
  upload(name: string, content: string | Buffer, headers?: Record<string, string>): Promise<Response>;
  send(options: InjectOptions): Promise<Response>;
}

interface Key {
  token?: string;
  token_id?: number;
  headers?: Record<string, string>;
}

export function caller(app: App, key: Key, accountId = 0): Caller {
  const { token = '', token_id: tokenId = 0, headers: own = token ? { 'x-token': token } : {} } = key;
  const send = async (options: InjectOptions): Promise<Response> => {
    const headers = { ...own, ...options.headers };
    const response = await app.inject({ ...options, headers });
    assertDocumented(app, options.method ?? 'GET', String(options.url), response.statusCode);
    const isJson = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      body: isJson && response.body !== '' ? response.json() : undefined,
      text: response.body,
      headers: response.headers,
    };
  };
  const withBody =
    (method: 'POST' | 'PATCH' | 'PUT') =>
    (url: string, body?: unknown, headers: Record<string, string> = {}) =>
      send({
        method,
        url,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        payload:
          body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
            ? body
            : JSON.stringify(body),
      });
  return {
    token,
    headers: own,
    tokenId,
    accountId,
    send,
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    post: withBody('POST'),
    patch: withBody('PATCH'),
    put: withBody('PUT'),
    delete: (url) => send({ method: 'DELETE', url }),
    upload: (name, content, headers = {}) => {
      const form = multipart(name, content);
      return send({
        method: 'POST',
        url: accountId ? '/files/public/files' : '/staff/files',
        headers: { 'content-type': form.type, ...headers },
        payload: form.body,
      });
    },
  };
}

/** A multipart body with one file in the field `field`. */
export function multipart(name: string, content: string | Buffer, field = 'file') {
  const boundary = 'paneldesk-test-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}
