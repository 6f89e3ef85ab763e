import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { isFresh } from '../http/etag.ts';
import type { StoredFile } from './files.ts';
import type { ByteRange, FileStore } from './store.ts';

/**
 * Sends the bytes so that no browser runs them: as an attachment, unsniffed, in a sandbox. One byte range at a time
 * (RFC 9110, 14); several, or a unit other than bytes, get the whole.
 */
export async function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  store: FileStore,
  file: StoredFile,
) {
  const tag = `"${file.uuid}"`;
  if (isFresh(request, tag)) return reply.code(304).headers(headersOf(file, tag)).send();

  const range = wantsRange(request, tag) ? readRange(String(request.headers.range), file.size) : undefined;
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  // Opened before anything is said about it: a storage that does not answer is a 503 and nothing else. HEAD gets an
  // empty stream: of an answer without one Fastify would say that it has 0 bytes.
  const bytes = request.method === 'HEAD' ? Readable.from([]) : await store.read(file.blob, { start, end });
  reply.headers(headersOf(file, tag));
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${file.size}`);
  return reply
    .header('content-length', end - start + 1)
    .type(file.content_type)
    .send(bytes);
}

const headersOf = ({ name }: StoredFile, tag: string) => ({
  etag: tag,
  'accept-ranges': 'bytes',
  'cache-control': 'private, max-age=86400, immutable',
  'content-disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-site',
  'x-content-type-options': 'nosniff',
});

/** Ranges are for GET alone (RFC 9110, 14.2). */
function wantsRange({ method, headers }: FastifyRequest, tag: string): boolean {
  if (method !== 'GET') return false;
  return headers.range !== undefined && (headers['if-range'] === undefined || headers['if-range'] === tag);
}

/** Undefined where the whole is to be sent. Throws a 416 for a range outside the file. */
function readRange(header: string, size: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new ApiError(416, 'range_not_satisfiable', `The file has ${size} bytes.`, {
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return { start, end };
}

const asciiName = (name: string) => name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
