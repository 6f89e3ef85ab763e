import type { Config } from '#config.ts';
import { kinds } from './extensions.ts';
import { type FileLimits, MAX_FILES } from './schema.ts';

/** What may be uploaded, by either side. */
export const fileLimits = ({ maxFileBytes }: Config): FileLimits => ({
  max_file_bytes: maxFileBytes,
  max_files: MAX_FILES,
  extensions: [...kinds.keys()],
});
