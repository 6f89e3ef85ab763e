/**
 * Serializes a parsed body with the names of each object sorted, so that two spellings of the same request give the
 * same text. Arrays keep their order. Linear except for sorting: json.ts has bounded the depth and the number of
 * names.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
