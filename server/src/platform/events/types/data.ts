/** Pieces of the `data` of events. All objects are open: a field may be added. */
import Type, { type Static, type TProperties, type TSchema } from 'typebox';

export const none = Type.Null();

export const open = <P extends TProperties>(fields: P) => Type.Object(fields, { additionalProperties: true });

export const id = Type.Integer();
export const count = Type.Integer();
export const ids = Type.Array(id);
export const text = Type.String();
export const time = Type.String({ format: 'date-time' });

/** The schema or null, as one list of types. Of a whole `data`: the event says something on some occasions only. */
export const orNull = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] });

/** Fields by their names, as the resource has them. */
export const fields = Type.Unsafe<object>({ type: 'object', additionalProperties: true });

/** The fields that were changed, as they were and as they are. */
export const change = { before: fields, after: fields };
const optionalChange = { before: Type.Optional(fields), after: Type.Optional(fields) };

/** One event for each of two tickets: `to` stands in that of the source, `from` in that of the target. */
export const merge = Type.Union([open({ to: id }), open({ from: id, ...optionalChange })]);
/** The other way around: `from` stands in that of the ticket that comes back. */
export const unmerge = Type.Union([open({ from: id }), open({ to: id, ...optionalChange })]);
