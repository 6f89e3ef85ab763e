import { randomUUID } from 'node:crypto';

/** The part of JSON schema that request bodies use. */
export interface JsonSchema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  examples?: unknown[];
  minimum?: number;
  minLength?: number;
  minItems?: number;
  minProperties?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

let made = 0;

/**
 * A small valid value: the required fields, or one field where any will do, with values of `known` where there are
 * any.
 */
export function exampleOf(schema: JsonSchema, known: Record<string, unknown> = {}): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.examples) return schema.examples[0];
  switch ([schema.type].flat()[0]) {
    case 'object':
      return exampleObject(schema, known);
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => exampleOf(schema.items ?? {}));
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return exampleText(schema.format).padEnd(schema.minLength ?? 0, 'x');
  }
}

function exampleObject({ properties = {}, required = [], minProperties = 0 }: JsonSchema, known: object) {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, minProperties);
  const fields = names.map((name) => [name, exampleOf(properties[name] ?? {})]);
  const given = Object.entries(known).filter(([name]) => name in properties);
  return { ...Object.fromEntries(fields), ...Object.fromEntries(given) };
}

function exampleText(format: string | undefined): string {
  made += 1;
  if (format === 'uuid') return randomUUID();
  if (format === 'email') return `example-${made}@clients.example`;
  const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
  return format === 'date-time' ? tomorrow() : `example-${made}`;
}
