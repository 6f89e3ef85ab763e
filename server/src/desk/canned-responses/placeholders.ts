/** The placeholders of canned responses. There are no expressions. */

export const placeholders = [
  'client_name',
  'ticket_number',
  'ticket_summary',
  'agent_name',
  'account_name',
] as const;

type Values = Record<(typeof placeholders)[number], string>;

const anything = /\{\{([^{}]*)\}\}/g;

/** The unknown names between double braces, each once. */
export function unknownPlaceholders(body: string): string[] {
  const names = [...body.matchAll(anything)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !isKnown(name));
}

/** Fills in a single pass: braces within a value stay as they are. */
export function fill(body: string, values: Values): string {
  return body.replace(anything, (whole, name: string) => (isKnown(name) ? values[name] : whole));
}

const isKnown = (name: string): name is keyof Values => placeholders.some((known) => known === name);
