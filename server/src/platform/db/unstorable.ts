/** Why PostgreSQL could not give this text back as it was sent, or undefined when it can. */
export function unstorable(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL (U+0000)';
  if (!text.isWellFormed()) return 'must not contain half of a surrogate pair';
  return undefined;
}
