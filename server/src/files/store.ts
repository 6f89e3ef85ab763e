/** Where the bytes of files live: a folder, or any S3-compatible service. Bytes are named by UUID, never by a user. */
import type { Readable } from 'node:stream';

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface FileStore {
  /** A folder on this machine for uploads under way. */
  temporaryDir: string;
  /** Keeps the finished file at `path` under `blob`, durably; the file at `path` is used up. */
  put(blob: string, path: string, size: number): Promise<void>;
  read(blob: string, range: ByteRange): Promise<Readable>;
  /** Removes bytes that no row names; nothing happens when there are none. */
  remove(blob: string): Promise<void>;
  /** Names of all bytes stored before this moment. */
  list(before: Date): AsyncIterable<string>;
}
