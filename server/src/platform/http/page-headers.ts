/** The headers of HTML pages. Every page has a strict content security policy; only some may be shown in a frame. */

/** The directives of a content security policy, by name. */
type Policy = Record<string, string>;

const always: Policy = { 'base-uri': "'none'", 'object-src': "'none'" };

/** `framedBy` are the sources whose pages may show this one in a frame. */
export function pageHeaders(policy: Policy, framedBy = "'none'"): Record<string, string> {
  const directives = Object.entries({ ...policy, ...always, 'frame-ancestors': framedBy });
  return {
    'content-security-policy': directives.map(([name, value]) => `${name} ${value}`).join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    ...(framedBy === "'none'" && { 'x-frame-options': 'DENY' }),
  };
}
