import { VISIBLE } from './schemas.ts';

/**
 * A copy of the document without `\p{…}`: many tools read patterns without the flag u, which that needs. Text that must
 * not be blank is published as `\S`; any other such pattern stays with the server, which checks it all the same.
 */
export function withoutUnicodeClasses<T>(document: T): T {
  const copied = JSON.stringify(document, (key, value) =>
    key === 'pattern' && typeof value === 'string' ? published(value) : value,
  );
  return JSON.parse(copied) as T; // the document is JSON, and patterns are optional
}

function published(pattern: string): string | undefined {
  if (pattern === VISIBLE) return '\\S';
  return pattern.includes('\\p{') ? undefined : pattern;
}
