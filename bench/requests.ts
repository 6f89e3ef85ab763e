/** Builds the requests of the load and their bytes. */
import { randomUUID } from 'node:crypto';
import { STAFF_TOKEN, tokenOf } from './plan.ts';

/** What a request refers to. pgbench replaces it by other tickets. */
export interface About {
  account: number;
  number?: number;
  comment?: number;
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Undefined when it always refers to the same thing. */
  about: About | undefined;
}

export type Target = About & { path: string };

export function read(target: Target): Request {
  return { ...readFixed(target), about: target };
}

export const readFixed = ({ account, path }: Target): Request => ({
  method: 'GET',
  path,
  // The bare peer knows no tokens: it is told the account.
  headers: { 'x-token': tokenOf(account), 'x-account': String(account) },
  body: '',
  about: undefined,
});

/** With an Idempotency-Key, as a portal sends it. */
export const write = (target: Target, body: object): Request => withBody(read(target), body);
export const writeFixed = (target: Target, body: object): Request => withBody(readFixed(target), body);

export const staffRead = (path: string): Request => ({
  ...readFixed({ account: 0, path }),
  headers: { 'x-token': STAFF_TOKEN },
});
export const staffWrite = (path: string, body: object): Request => withBody(staffRead(path), body);

const boundary = 'paneldesk-bench';
const file = 'a line of a log\n'.repeat(64);
const form = [
  `--${boundary}`,
  'content-disposition: form-data; name="file"; filename="log.txt"',
  '',
  file,
  `--${boundary}--`,
  '',
].join('\r\n');

export function upload(target: Target): Request {
  const request = write(target, {});
  const type = `multipart/form-data; boundary=${boundary}`;
  return { ...request, headers: { ...request.headers, 'content-type': type }, body: form };
}

/** HTTP/1.1 on a keep-alive connection. */
export function bytesOf({ method, path, headers, body }: Request): string {
  let head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  if (body !== '') head += `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `${head}\r\n${body}`;
}

function withBody(request: Request, body: object): Request {
  const headers = {
    ...request.headers,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  return { ...request, method: 'POST', headers, body: JSON.stringify(body) };
}
