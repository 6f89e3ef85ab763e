/** The Link header (RFC 8288) to the next page: the same request with these parameters changed. */
export function nextLink(url: string, parameters: Record<string, string | number>): string {
  const [path = '', query = ''] = url.split('?', 2);
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(parameters)) all.set(name, String(value));
  return `<${path}?${all}>; rel="next"`;
}
