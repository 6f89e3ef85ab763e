/** Generates values for a JSON schema: valid ones, and ones that a careless server would handle badly. */
import fc from 'fast-check';
import { VISIBLE } from '#platform/http/schemas.ts';

/** The part of JSON schema that requests use. */
export interface RequestSchema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  items?: RequestSchema;
  properties?: Record<string, RequestSchema>;
  required?: string[];
}

/** Values by the name of a field or parameter, such as existing ticket numbers. */
export type Known = Record<string, fc.Arbitrary<unknown>>;

/** A valid value. */
export function legal(schema: RequestSchema, known: Known = {}): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const [type, second] = [schema.type].flat();
  const value = legalOf(type, schema, known);
  return second === 'null' ? fc.option(value) : value;
}

/** The known values of a name, unless its schema has a pattern that they may not match. */
export const knownOr = (
  one: fc.Arbitrary<unknown> | undefined,
  schema: RequestSchema,
  known: Known = {},
): fc.Arbitrary<unknown> => {
  const hasOwnForm = schema.enum || (schema.pattern && schema.pattern !== '\\S'); // any text that is visible
  return (hasOwnForm ? undefined : one) ?? legal(schema, known);
};

function legalOf(type: string | undefined, schema: RequestSchema, known: Known): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER, items = {}, minItems = 0, maxItems = 10 } = schema;
  switch (type) {
    case 'object':
      return legalObject(schema, known);
    case 'array':
      return fc.uniqueArray(legal(items, known), { minLength: minItems, maxLength: Math.min(maxItems, 10) });
    case 'integer':
      return fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum }));
    case 'boolean':
      return fc.boolean();
    default:
      return legalText(schema);
  }
}

function legalObject(schema: RequestSchema, known: Known): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], minProperties = 0, maxProperties = Infinity } = schema;
  const fields = Object.entries(properties).map(([name, one]) => [name, knownOr(known[name], one, known)]);
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
  const record: fc.Arbitrary<object> = fc.record(model, { requiredKeys: required });
  const fits = (count: number) => count >= minProperties && count <= maxProperties;
  return record.filter((value) => fits(Object.keys(value).length));
}

function legalText({ format, pattern, minLength = 0, maxLength = 50 }: RequestSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.nat(99).map((i) => `person-${i}@clients.example`);
  if (format === 'date-time') return legalTime;
  if (format === 'date') return legalTime.map((time) => time.slice(0, 10));
  if (pattern?.startsWith('^')) return matching(pattern);
  const longest = fc.constantFrom(...'aя\u{1f600}').map((character) => character.repeat(maxLength));
  const kept = new RegExp(pattern === '\\S' ? VISIBLE : (pattern ?? ''), 'u'); // the reference publishes a simpler pattern
  const fits = (text: string) => [...text].length <= maxLength && kept.test(text);
  return fc
    .oneof({ weight: 9, arbitrary: shortText(Math.max(1, minLength)) }, { weight: 1, arbitrary: longest })
    .filter(fits);
}

/** Lookaheads of a pattern are not generated, but checked afterwards. */
const matching = once((pattern: string) => {
  const drawn = fc.stringMatching(new RegExp(pattern.replaceAll(/\(\?![^)]*\)/g, '')));
  return drawn.filter((text) => new RegExp(pattern).test(text));
});

const shortText = once((minLength: number) => fc.string({ unit: 'grapheme', minLength, maxLength: 20 }));

/** To make an arbitrary of text takes tens of milliseconds, and hundreds of fields have the same. */
function once<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

const legalTime = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2999-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Text that is legal JSON but that nobody types. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    '\ufeff',
    '\u202e',
    '\u200b',
    '\u2028',
    '\x1b[2J',
    '\r\nset-cookie: a=b',
    "'; drop table tickets; --",
    '" or ""="',
    '<script>alert(1)</script>',
    '{{7*7}}',
    '%00',
    '%s%n',
    '../../etc/passwd',
    '\\',
    "'",
    '*',
    '$1',
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
    'true',
    '0',
    '-1',
    '1e309',
    '٣',
    '9223372036854775808',
    '2020-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-12:00',
    '2030-12-31T23:59:60Z',
    '2030-01-01T00:00:00+23:59',
    '2030-01-01t00:00:00.123456789z',
    '00000000-0000-0000-0000-000000000000',
    'A@B.EXAMPLE',
    'a@b.example\n',
    'a'.repeat(256),
    'я'.repeat(50_001),
    '\u{1f600}'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

const oddNumber = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.5,
    1e21,
    1e308,
    -1e308,
    5e-324,
    ...[31, 32, 53, 63, 64].flatMap((n) => [2 ** n - 1, 2 ** n, -(2 ** n), 2 ** n + 1]),
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any JSON value, with a preference for problematic ones. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { length: 1 }, { toString: 1 }, [{}]),
  fc.jsonValue({ maxDepth: 4 }),
  fc.array(fc.oneof(oddText, oddNumber), { maxLength: 12 }),
);

/** A value with one mutation: a field left out, added, renamed, or with another value. */
export function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(value, fc.constantFrom('replace', 'drop', 'add', 'all', 'wrap'), fc.nat(), oddText, odd)
    .map(([whole, how, at, name, instead]) => {
      if (how === 'wrap') return [whole];
      if (how === 'all' || typeof whole !== 'object' || whole === null) return instead;
      const entries = Object.entries(whole);
      const index = at % Math.max(1, entries.length);
      if (how === 'add' || entries.length === 0) return Object.fromEntries([...entries, [name, instead]]);
      if (how === 'drop') return Object.fromEntries(entries.toSpliced(index, 1));
      return Object.fromEntries(entries.with(index, [entries[index]?.[0] ?? name, instead]));
    });
}
