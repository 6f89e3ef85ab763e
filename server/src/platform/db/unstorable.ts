/** Why PostgreSQL could not store this text and return it unchanged. Undefined when it can. */
export function unstorableReason(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL (U+0000)';
  if (!text.isWellFormed()) return 'must not contain half of a surrogate pair';
  return undefined;
}
