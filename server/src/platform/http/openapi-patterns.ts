import { VISIBLE } from './schemas.ts';

/**
 * A copy of the document whose patterns every tool can read: many know neither `\p{…}`, which needs the flag u, nor
 * looking ahead. Text that must not be blank is published as `\S`. What is left out is checked by the server all the same.
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
