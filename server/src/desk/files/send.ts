import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parse as parseRange } from 'range-parser';
import { ApiError } from '#errors.ts';
import { isFresh } from '#platform/http/etag.ts';
import type { StoredFile } from './files.ts';
import type { ByteRange, FileStore } from './store.ts';

const UNSATISFIABLE = 2; // a return code of range-parser

/**
 * Sends the bytes so that no browser runs them: as an attachment, with nosniff and a sandbox. Serves one byte range at
 * a time (RFC 9110, 14); several ranges, or another unit, get the whole file.
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
  // Opened before the headers are sent, so that unavailable storage is a 503. HEAD gets an empty stream: without one,
  // Fastify would send a Content-Length of 0.
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
  'content-disposition': contentDisposition(name),
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-site',
  'x-content-type-options': 'nosniff',
});

/** Ranges apply to GET only (RFC 9110, 14.2). */
function wantsRange({ method, headers }: FastifyRequest, tag: string): boolean {
  if (method !== 'GET') return false;
  return headers.range !== undefined && (headers['if-range'] === undefined || headers['if-range'] === tag);
}

/** Undefined when the whole file is to be sent. Throws a 416 for a range outside the file. */
function readRange(header: string, size: number): ByteRange | undefined {
  const { code, type, ranges } = parseRange(size, header);
  if (type !== 'bytes') return undefined;
  if (code === UNSATISFIABLE && ranges.length === 0) {
    throw new ApiError(416, 'range_not_satisfiable', `The file has ${size} bytes.`, {
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return code === 0 && ranges.length === 1 ? ranges[0] : undefined;
}
