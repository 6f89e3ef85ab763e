/** Takes one file off a multipart request: spooled to disk, hashed, measured, and told by its bytes. */
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
import { dispositionIn, nameIn } from './part-names.ts';
import { storageFailure } from './store.ts';

export interface Received {
  upload: Upload;
  path: string;
}

const FORM_BYTES = 100_000; // what the form itself may add to the bytes of its file
const HEAD_BYTES = 128 * 1024; // of a form, within which the headers of its file are looked for
const STALLED_MS = 30_000;
const limits = { fileSize: Number.POSITIVE_INFINITY, files: 1, fields: 10, fieldSize: 1000 };

/** The caller moves or removes the file at `path`. Throws 400, 413, 415 or 503, with nothing left behind. */
export async function receiveFile(
  request: FastifyRequest,
  temporaryDir: string,
  maxBytes: number,
): Promise<Received> {
  if (!request.isMultipart())
    throw unsupportedType('unsupported_media_type', 'Send the file as multipart/form-data.');
  if (Number(request.headers['content-length']) > maxBytes + FORM_BYTES) throw tooLargeFile(maxBytes);
  if (request.raw.destroyed) throw formCutShort(); // whoever has hung up by now sends no end that could be waited for
  const path = join(temporaryDir, randomUUID());
  const stopWatching = cutWhenStalled(request);
  try {
    return { path, upload: await spool(request, path, maxBytes) };
  } catch (error) {
    await rm(path, { force: true });
    request.raw.unpipe().resume(); // what is left of a refused body would hold up the next request
    throw refusal(error as Error);
  } finally {
    stopWatching();
  }
}

/** Whoever sends nothing for so long keeps a turn from others, and is cut off. */
function cutWhenStalled({ raw }: FastifyRequest): () => void {
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
  const name = cleanName(nameIn(disposition() ?? '') ?? part.filename ?? '');
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = kindOf(extension); // refused by its name before its bytes are written
  const { size, sha256 } = await save(part.file, path, maxBytes);
  await files.next(); // to the end of the form: a second file, or a form cut short, is refused
  if (size === 0) throw invalid('empty_file', 'The file is empty.');

  const content_type = await contentType(path, extension, kind);
  return { blob: randomUUID(), name, size, extension, content_type, sha256 };
}

/** The form's parser gives one of a file's names only, and not as it was sent: looks at the same bytes beside it. */
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
    return dispositionIn(head, quoted ?? token ?? '');
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

const formCutShort = () => invalid('malformed_form', 'The form is incomplete.');

const oneFile = () =>
  invalid('invalid_request', 'Send one file in the form field "file".', [
    { pointer: '/file', detail: 'is required exactly once' },
  ]);

/** What the file system and the parser of forms throw, as what the caller can do about it. */
function refusal(error: Error & { code?: string; syscall?: string }): Error {
  if (error instanceof ApiError) return error;
  const { code, syscall, message } = error;
  if (syscall !== undefined) return storageFailure(error);
  if (code === 'FST_FILES_LIMIT') return oneFile();
  // The parser's own errors are plain; those of its plugin have codes of Fastify's. ECONNRESET: the caller has gone.
  const isPlain = error.constructor === Error && code === undefined;
  const isOfForm = isPlain || code === 'ECONNRESET' || code?.startsWith('FST_');
  return isOfForm ? invalid('malformed_form', `The form cannot be read: ${message}.`) : error;
}

/**
 * The name as data: the last part of a path, without control, format (zero-width, bidirectional) and separator
 * characters, at most 255 bytes with its extension kept. Cleaned before anything is decided by it (CVE-2026-28289).
 */
export function cleanName(given: string): string {
  const clean = (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{C}\p{Zl}\p{Zp}:*?"<>|]/gu, '')
    .replace(/^[\s.]+/u, '')
    .trimEnd();
  const dot = clean.lastIndexOf('.');
  // A byte or more each: cut before anything slow is done with them.
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
  const fits =
    kind.sniffed.length > 0 ? kind.sniffed.includes(sniffed?.mime ?? '') : await isText(path, sniffed?.mime);
  if (!fits)
    throw unsupportedType(
      'file_type_mismatch',
      `The content of the file does not match its extension ".${extension}".`,
    );
  return kind.contentType;
}

// Recognised by two letters ("BM", "MZ"), which a text may begin with; without a NUL they are not what they seem.
const textual = /xml|text|json|rtf|pgp|x509|pem|bmp|x-msdownload/;

/** Text has no signature: it is what has no other, and no NUL near its start unless it says that it is UTF-16. */
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
