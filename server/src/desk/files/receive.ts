/** Receives one file from a multipart request: spools it to disk, hashes and measures it, and detects its type. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { fileTypeFromFile } from 'file-type';
import { ApiError, invalid, tooLarge, unsupportedType } from '#errors.ts';
import { normalise } from '#platform/text/normalise.ts';
import { type Kind, kinds } from './extensions.ts';
import type { Upload } from './files.ts';
import { fileNameIn, findDisposition } from './part-names.ts';
import { storageFailure } from './store.ts';

export interface Received {
  upload: Upload;
  path: string;
}

const FORM_BYTES = 100_000; // overhead of the form around the file
const HEAD_BYTES = 128 * 1024; // the headers of the file must be within this many bytes of the form
const STALLED_MS = 30_000;
const limits = { fileSize: Number.POSITIVE_INFINITY, files: 1, fields: 10, fieldSize: 1000 };

/** The caller moves or removes the file at `path`. Throws 400, 413, 415 or 503, and then leaves nothing behind. */
export async function receiveFile(
  request: FastifyRequest,
  temporaryDir: string,
  maxBytes: number,
): Promise<Received> {
  if (!request.isMultipart())
    throw unsupportedType('unsupported_media_type', 'Send the file as multipart/form-data.');
  if (Number(request.headers['content-length']) > maxBytes + FORM_BYTES) throw tooLargeFile(maxBytes);
  if (request.raw.destroyed) throw formIncomplete(); // the caller has disconnected, so 'end' would never be emitted
  const path = join(temporaryDir, randomUUID());
  const stopWatching = abortWhenStalled(request);
  try {
    return { path, upload: await spool(request, path, maxBytes) };
  } catch (error) {
    await rm(path, { force: true });
    request.raw.unpipe().resume(); // an unread rest would block the next request on this connection
    throw refusal(error as Error);
  } finally {
    stopWatching();
  }
}

/** Disconnects an upload that sends nothing for so long, because it occupies a slot. */
function abortWhenStalled({ raw }: FastifyRequest): () => void {
  const timer = setTimeout(() => raw.destroy(), STALLED_MS);
  const refresh = () => void timer.refresh();
  raw.on('data', refresh);
  return () => {
    clearTimeout(timer);
    raw.off('data', refresh);
  };
}

async function spool(request: FastifyRequest, path: string, maxBytes: number): Promise<Upload> {
  const disposition = watchDisposition(request);
  const files = request.files({ limits });
  const { value: part } = await files.next();
  if (part?.fieldname !== 'file') throw oneFile();
  const name = cleanName(fileNameIn(disposition() ?? '') ?? part.filename ?? '');
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = kindOf(extension); // refused by its name before any byte is written
  const { size, sha256 } = await save(part.file, path, maxBytes);
  await files.next(); // reads to the end of the form: a second file, or an incomplete form, is refused
  if (size === 0) throw invalid('empty_file', 'The file is empty.');

  const content_type = await contentType(path, extension, kind);
  return { blob: randomUUID(), name, size, extension, content_type, sha256 };
}

/** The form parser gives only one of a file's names, and not as sent: this reads the same bytes alongside it. */
function watchDisposition({ raw, headers }: FastifyRequest): () => string | undefined {
  let head = '';
  const watch = (chunk: Buffer) => {
    head += chunk.toString('latin1', 0, HEAD_BYTES - head.length);
    if (head.length >= HEAD_BYTES) raw.off('data', watch);
  };
  raw.on('data', watch);
  return () => {
    raw.off('data', watch);
    const [, quoted, token] = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(headers['content-type'] ?? '') ?? [];
    return findDisposition(head, quoted ?? token ?? '');
  };
}

async function save(file: Readable, path: string, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(tooLargeFile(maxBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(file, measure, createWriteStream(path, { mode: 0o600 }));
  return { size, sha256: hash.digest() };
}

const tooLargeFile = (maxBytes: number) => tooLarge(`A file may have ${maxBytes} bytes at most.`);

const formIncomplete = () => invalid('malformed_form', 'The form is incomplete.');

const oneFile = () =>
  invalid('invalid_request', 'Send one file in the form field "file".', [
    { pointer: '/file', detail: 'is required exactly once' },
  ]);

/** Translates errors of the file system and the form parser to errors a caller can act on. */
function refusal(error: Error & { code?: string; syscall?: string }): Error {
  if (error instanceof ApiError) return error;
  const { code, syscall, message } = error;
  if (syscall !== undefined) return storageFailure(error);
  if (code === 'FST_FILES_LIMIT') return oneFile();
  // The parser's errors have no code; Fastify's plugin has codes. ECONNRESET: the caller disconnected.
  const isPlain = error.constructor === Error && code === undefined;
  const isOfForm = isPlain || code === 'ECONNRESET' || code?.startsWith('FST_');
  return isOfForm ? invalid('malformed_form', `The form cannot be read: ${message}.`) : error;
}

/**
 * Cleans a file name: the last path component, without control, format (zero-width, bidirectional) and separator
 * characters, at most 255 bytes with the extension preserved. Cleaned before anything depends on it (CVE-2026-28289).
 */
export function cleanName(given: string): string {
  const clean = (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}:*?"<>|]/gu, '')
    .replace(/^[\s.]+/u, '')
    .trimEnd();
  const dot = clean.lastIndexOf('.');
  // Every character takes a byte or more: truncate before anything slow is done.
  const stem = normalise((dot === -1 ? clean : clean.slice(0, dot)).slice(0, 255), 'NFC');
  const extension = dot === -1 ? '' : clean.slice(dot, dot + 20);
  const kept = Array.from(stem || 'file');
  while (Buffer.byteLength(kept.join('') + extension) > 255) kept.pop();
  return kept.join('') + extension;
}

function kindOf(extension: string): Kind {
  const kind = kinds.get(extension);
  if (kind) return kind;
  const detail =
    'Files with this extension cannot be uploaded. GET /files/public/files/extensions lists the extensions.';
  throw unsupportedType('file_type_not_allowed', detail);
}

async function contentType(path: string, extension: string, kind: Kind): Promise<string> {
  const sniffed = await fileTypeFromFile(path);
  const matchesKind =
    kind.sniffed.length > 0 ? kind.sniffed.includes(sniffed?.mime ?? '') : await isText(path, sniffed?.mime);
  if (!matchesKind)
    throw unsupportedType(
      'file_type_mismatch',
      `The content of the file does not match its extension ".${extension}".`,
    );
  return kind.contentType;
}

// Formats detected by two letters ("BM", "MZ"), with which a text may begin as well. Without a NUL it is text.
const textual = /xml|text|json|rtf|pgp|x509|pem|bmp|x-msdownload/;

/**
 * Text has no signature: it is anything that nothing else matches, without a NUL near its start unless it is UTF-16.
 */
async function isText(path: string, sniffed: string | undefined): Promise<boolean> {
  if (sniffed !== undefined && !textual.test(sniffed)) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    const byteOrder = buffer.toString('hex', 0, 2);
    return byteOrder === 'fffe' || byteOrder === 'feff' || !buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await file.close();
  }
}
