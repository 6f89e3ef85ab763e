/** Parts of API schemas that several resources use. Lengths count Unicode code points. */
import Type, { type TProperties, type TSchema } from '#platform/type.ts';

/**
 * Matches text with at least one visible character. DI (default ignorable) draws nothing, U+2800 is the Braille blank.
 */
export const VISIBLE = '[^\\s\\p{Cc}\\p{Cf}\\p{Z}\\p{DI}\\u2800]';

/** Text that is not blank. Stored and returned exactly as sent. */
export const Text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, pattern: VISIBLE, description });

/** Whether a text fits a schema that Text made, for what comes by another way than a body. */
export function isText(schema: TSchema, text: string): boolean {
  const { maxLength, pattern } = schema as { maxLength?: number; pattern?: string }; // Text gives it both
  return Array.from(text).length <= (maxLength ?? 0) && new RegExp(pattern ?? '', 'u').test(text);
}

/** The schema or null, as one list of types: unions are serialized many times more slowly. */
export const Nullable = <T extends TSchema>(schema: T, description?: string) => {
  const { type, $id, ...rest } = schema as T & { type: string; $id?: string; enum?: unknown[] };
  return Type.Unsafe<Type.Static<T> | null>({
    ...rest,
    type: [type, 'null'],
    ...(rest.enum && { enum: [...rest.enum, null] }),
    ...(description && { description }),
  });
};

/** A reference to a schema that app.ts registers by its $id. */
export const Ref = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Type.Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` });

export const Timestamp = Type.String({ format: 'date-time' });

/** A time in a request, limited to years and offsets that PostgreSQL accepts and returns in the same form. */
export const TimeInput = Type.String({
  format: 'date-time',
  pattern: '^2\\d{3}-.+([Zz]|[+-](0\\d|1[0-4]):\\d\\d)$',
});

export const Int32 = (minimum: number, maximum = 2_147_483_647, options: object = {}) =>
  Type.Integer({ minimum, maximum, format: 'int32', ...options });

/** The id of something in a body or a query, limited to integers that JSON represents exactly. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

const MAX_VALUES = 50;

/** A parameter with one or more comma-separated values that match the pattern. Any of them matches. */
export const CommaSeparated = (value: string, description: string) =>
  Type.Optional(
    Type.String({
      pattern: `^(${value})(,(${value})){0,${MAX_VALUES - 1}}$`,
      description: `${description} Several values, separated by commas, match any of them.`,
    }),
  );

const ID = '[1-9][0-9]{0,14}';
export const IdList = (description: string, others = '') => CommaSeparated(`${others}${ID}`, description);
export const KeyList = (description: string) => CommaSeparated('[a-z0-9][a-z0-9_-]{0,99}', description);

export const LocalizedName = Type.Object(
  { en: Text(100), ru: Text(100) },
  { additionalProperties: false, description: 'The name in each language.' },
);

export const Email = Type.String({ minLength: 3, maxLength: 254, format: 'email' });
export const Uuid = Type.String({ format: 'uuid' });

/** One addr-spec, without anything a mail program could read as two recipients or as a header (RFC 5322, narrowed). */
const addrSpec =
  /^[^\s@<>(),:;"\\[\]\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export const isEmail = (text: string) => Buffer.byteLength(text) <= 254 && addrSpec.test(text);

/** The body of a PATCH: any of these fields, at least one. */
export const Change = <P extends TProperties>(fields: P) =>
  Type.Partial(Type.Object(fields), { additionalProperties: false, minProperties: 1 });

export const Items = <T extends TSchema>(item: T) => Type.Object({ items: Type.Array(Ref(item)) });

/** A page, as in the given document: counts are exact. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(Ref(item)),
    item_count: Type.Integer({ description: 'The exact number of items on all pages.' }),
    items_per_page: Int32(1, 1000),
    page: Int32(1),
    page_count: Type.Integer(),
  });

/** RFC 9457, with a stable `code` for programs. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Always `about:blank`. `code` says what went wrong.' }),
    title: Type.String({ description: 'The HTTP status in words.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'An explanation for people. It may change.' }),
    code: Type.String({ description: 'A code for programs. It does not change.' }),
    request_id: Type.String({ description: 'The same id is in the log of the server.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'A JSON pointer into the body, or the name of a parameter.' }),
          detail: Type.String(),
        }),
      ),
    ),
    ticket_number: Type.Optional(
      Type.Integer({ description: 'With `ticket_merged`: the ticket in which the conversation continues.' }),
    ),
  },
  { $id: 'Problem', additionalProperties: true, description: 'A refusal (RFC 9457).' },
);
