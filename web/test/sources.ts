/** The sources of the web, for tests that read them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const WEB = join(import.meta.dirname, '..');

/** Paths from `web/src`, with their text; generated code is left out. */
export function readWeb(pattern: string): Map<string, string> {
  const src = join(WEB, 'src');
  const paths = globSync(pattern, { cwd: src }).filter((path) => !path.startsWith('api/generated/'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(src, path), 'utf8')]));
}
