import { createHash } from 'node:crypto';

/**
 * What names a template: its text without its values. How it is broken into lines and indented makes no difference, so
 * that a file that moves or is formatted leaves the catalogue as it is.
 */
export function hashOf(pieces: readonly string[]): string {
  const text = pieces
    .map((piece) => piece.replace(/\s+/g, ' '))
    .join('$')
    .trim();
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
