/** Takes one file off a multipart request: spooled to disk, hashed, measured, and told by its bytes. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { fileTypeFromFile } from 'file-type';
import { invalid, tooLarge, unavailable, unsupportedType } from '../errors.ts';
import { kinds } from './extensions.ts';
import type { Upload } from './files.ts';

export interface Received {
  upload: Upload;
  path: string;
}

/** The caller moves or removes the file at `path`. Throws 400, 413 or 415, with nothing left behind. */
export async function receiveFile(
  request: FastifyRequest,
  temporaryDir: string,
  maxBytes: number,
): Promise<Received> {
  if (!request.isMultipart())
    throw unsupportedType('unsupported_media_type', 'Send the file as multipart/form-data.');
  const path = join(temporaryDir, randomUUID());
  try {
    return { path, upload: await spool(request, path, maxBytes) };
  } catch (error) {
    await rm(path, { force: true });
    if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String((error as NodeJS.ErrnoException).code))) {
      throw unavailable('storage_full', 'There is no room for the file at present. Try again later.', 60);
    }
    throw error;
  }
}

async function spool(request: FastifyRequest, path: string, maxBytes: number): Promise<Upload> {
  const part = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 10, fieldSize: 1000 } });
  if (part?.fieldname !== 'file') {
    throw invalid('invalid_request', 'Send one file in the form field "file".', [
      { pointer: '/file', detail: 'is required' },
    ]);
  }
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }));
  if (part.file.truncated) throw tooLarge(`A file may have ${maxBytes} bytes at most.`);
  if (size === 0) throw invalid('empty_file', 'The file is empty.');

  const name = cleanName(part.filename);
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const content_type = await contentType(path, extension);
  return { blob: randomUUID(), name, size, extension, content_type, sha256: hash.digest() };
}

/**
 * The name as data: the last part of a path, without control, format (zero-width, bidirectional) and separator
 * characters, at most 255 bytes with its extension kept. Cleaned before anything is decided by it (CVE-2026-28289).
 */
export function cleanName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{C}\p{Zl}\p{Zp}:*?"<>|]/gu, '')
    .trim()
    .replace(/^\.+/, '');
  const dot = clean.lastIndexOf('.');
  const stem = dot === -1 ? clean : clean.slice(0, dot);
  const extension = dot === -1 ? '' : clean.slice(dot).slice(0, 20);
  let kept = Array.from(stem || 'file');
  while (Buffer.byteLength(kept.join('') + extension) > 255) kept = kept.slice(0, -1);
  return kept.join('') + extension;
}

async function contentType(path: string, extension: string): Promise<string> {
  const kind = kinds.get(extension);
  if (!kind) {
    const detail =
      'Files of this kind are not taken; GET /files/public/files/extensions lists those that are.';
    throw unsupportedType('file_type_not_allowed', detail);
  }
  const sniffed = await fileTypeFromFile(path);
  const fits =
    kind.sniffed.length > 0 ? kind.sniffed.includes(sniffed?.mime ?? '') : await isText(path, sniffed?.mime);
  if (!fits)
    throw unsupportedType('file_type_mismatch', `The content of the file is not what ".${extension}" says.`);
  return kind.contentType;
}

/** Text has no signature: it is what has no other, and no NUL near its start. */
async function isText(path: string, sniffed: string | undefined): Promise<boolean> {
  if (sniffed !== undefined && !/xml|text|json|rtf|pgp|x509|pem/.test(sniffed)) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return !buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await file.close();
  }
}
