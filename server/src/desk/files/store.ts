/** Where the bytes of files live: a folder, or any S3-compatible service. Bytes are named by UUID, never by a user. */
import type { Readable } from 'node:stream';
import { type ApiError, unavailable } from '#errors.ts';

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileStore {
  /** A folder on this machine for uploads in progress. */
  temporaryDir: string;
  /** Keeps the finished file at `path` under `blob`, durably; the file at `path` is used up. */
  put(blob: string, path: string, size: number): Promise<void>;
  read(blob: string, range: ByteRange): Promise<Readable>;
  /** Removes bytes that no row names; nothing happens when there are none. */
  remove(blob: string): Promise<void>;
  /** Names of all bytes stored before this moment. */
  list(before: Date): AsyncIterable<string>;
}

/** A storage that is full, or that does not answer, as a 503; the cause is for the log. */
export function storageFailure(cause: unknown): ApiError {
  const code = String((cause as { code?: unknown } | undefined)?.code);
  const error = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)
    ? unavailable('storage_full', 'The storage for files is full. Try again later.', 60)
    : unavailable('storage_unavailable', 'The storage for files does not respond. Try again shortly.');
  return Object.assign(error, { cause });
}

/** Whether bytes with this name may be ours: a bucket or a folder may hold more. */
export const isBlob = (name: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
