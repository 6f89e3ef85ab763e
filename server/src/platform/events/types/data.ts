/** Parts of the `data` of events. All objects are open: fields may be added. */
import Type, { type Static, type TProperties, type TSchema } from '#platform/type.ts';

export const none = Type.Null();

export const open = <P extends TProperties>(fields: P) => Type.Object(fields, { additionalProperties: true });

export const id = Type.Integer();
export const count = Type.Integer();
export const ids = Type.Array(id);
export const text = Type.String();
export const time = Type.String({ format: 'date-time' });

/** The schema or null, as one list of types. A whole `data` is null when the event has data only on some occasions. */
export const orNull = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] });

/** Fields of the resource by name. */
export const fields = Type.Unsafe<object>({ type: 'object', additionalProperties: true });

/** The changed fields, before and after. */
export const change = { before: fields, after: fields };
const optionalChange = { before: Type.Optional(fields), after: Type.Optional(fields) };

/** One event for each of the two tickets: the source's has `to`, the target's has `from`. */
export const merge = Type.Union([open({ to: id }), open({ from: id, ...optionalChange })]);
/** The reverse: the event of the ticket that is restored has `from`. */
export const unmerge = Type.Union([open({ from: id }), open({ to: id, ...optionalChange })]);
