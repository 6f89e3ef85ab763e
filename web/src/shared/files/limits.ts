/** What may be attached, and what is wrong with a file, in words. */
import { plural, t } from '@lingui/core/macro';
import { formatBytes } from '#shared/format.ts';
import { wordsOfCode } from '#shared/refusals/words.ts';
import type { UploadError } from '#shared/uploads.ts';

/** As `GET /support/me` and `GET /staff/files/limits` say it. Null where only the server knows: it answers for each file. */
export interface FileLimits {
  max_files: number;
  max_file_bytes: number | null;
  extensions: string[] | null;
}

/** The largest number of files of one message, where the API says no more. */
export const DEFAULT_LIMITS: FileLimits = { max_files: 10, max_file_bytes: null, extensions: null };

/** Only the page refuses so: it knows how many files the message has. */
const TOO_MANY = 'too_many_files';
const refused = (code: string): UploadError => ({ code, retryAfter: null, canRetry: false });

/** What the server would refuse, before it is sent; `place` counts the files of the message from 0. */
export function refuseFile(file: File, place: number, limits: FileLimits): UploadError | null {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (place >= limits.max_files) return refused(TOO_MANY);
  if (limits.extensions && !limits.extensions.includes(extension)) return refused('file_type_not_allowed');
  if (limits.max_file_bytes && file.size > limits.max_file_bytes) return refused('too_large');
  if (file.size === 0) return refused('empty_file');
  return null;
}

/** “Up to 10 files, 20 MB each”. */
export function limitsInWords({ max_files, max_file_bytes }: FileLimits): string {
  const size = max_file_bytes && formatBytes(max_file_bytes);
  return size
    ? plural(max_files, { one: `Up to # file of ${size}`, other: `Up to # files, ${size} each` })
    : plural(max_files, { one: 'Up to # file', other: 'Up to # files' });
}

/** Where the limits are known, they are said. */
export function errorInWords({ code, retryAfter }: UploadError, limits: FileLimits): string {
  const { max_files, max_file_bytes } = limits;
  const size = max_file_bytes && formatBytes(max_file_bytes);
  if (code === TOO_MANY)
    return plural(max_files, { one: 'No more than # file', other: 'No more than # files' });
  if (code === 'too_large' && size) return t`Larger than ${size}`;
  if (code === 'too_many_requests' && retryAfter)
    return plural(retryAfter, {
      one: 'Too many files: wait # second',
      other: 'Too many files: wait # seconds',
    });
  return wordsOfCode(code);
}
