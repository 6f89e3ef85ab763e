/** What a canned response can have filled in. There are no expressions. */

export const placeholders = [
  'client_name',
  'ticket_number',
  'ticket_summary',
  'agent_name',
  'account_name',
] as const;

type Values = Record<(typeof placeholders)[number], string>;

const anything = /\{\{([^{}]*)\}\}/g;

/** The names between double braces that are not placeholders, each once. */
export function unknownIn(body: string): string[] {
  const names = [...body.matchAll(anything)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !isKnown(name));
}

/** In one pass: braces within a value are left as they are. */
export function fill(body: string, values: Values): string {
  return body.replace(anything, (whole, name: string) => (isKnown(name) ? values[name] : whole));
}

const isKnown = (name: string): name is keyof Values => placeholders.some((known) => known === name);
