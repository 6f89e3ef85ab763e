/**
 * Where the bytes of files are stored: a folder, or any S3-compatible service. Bytes are named by UUID, never by a
 * user.
 */
import type { Readable } from 'node:stream';
import { type ApiError, unavailable } from '#errors.ts';

/** Bytes from `start` to `end`, both inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileStore {
  /** A local folder for uploads in progress. */
  temporaryDir: string;
  /** Stores the complete file at `path` as `blob`, durably. The file at `path` is consumed. */
  put(blob: string, path: string, size: number): Promise<void>;
  read(blob: string, range: ByteRange): Promise<Readable>;
  /** Removes bytes that no row refers to. Does nothing when there are none. */
  remove(blob: string): Promise<void>;
  /** The names of all bytes stored before this time. */
  list(before: Date): AsyncIterable<string>;
}

/** A 503 for storage that is full or unavailable. The cause is logged. */
export function storageFailure(cause: unknown): ApiError {
  const code = String((cause as { code?: unknown } | undefined)?.code);
  const error = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)
    ? unavailable('storage_full', 'The storage for files is full. Try again later.', 60)
    : unavailable('storage_unavailable', 'The storage for files does not respond. Try again shortly.');
  return Object.assign(error, { cause });
}

/** Whether bytes with this name may be ours: a bucket or folder may contain other objects. */
export const isBlob = (name: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
