import { VISIBLE } from './schemas.ts';

/**
 * A copy of the document with patterns that every tool can read: many support neither `\p{…}`, which needs the flag u,
 * nor lookahead. The pattern for non-blank text is published as `\S`. The server still checks the full patterns.
 */
export function withPortablePatterns<T>(document: T): T {
  const copied = JSON.stringify(document, (key, value) =>
    key === 'pattern' && typeof value === 'string' ? portable(value) : value,
  );
  return JSON.parse(copied) as T; // the document is JSON, and patterns are optional
}

function portable(pattern: string): string | undefined {
  if (pattern === VISIBLE) return '\\S';
  return pattern.includes('\\p{') ? undefined : pattern.replaceAll(/\(\?[!=][^)]*\)/g, '');
}
