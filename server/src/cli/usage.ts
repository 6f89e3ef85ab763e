/** Arguments that do not fit. What fits is decided by the API's schemas. */
import type { TSchema } from 'typebox';
import { isEmail, isText } from '#platform/http/schemas.ts';

/** Exit code 2 follows. */
export class UsageError extends Error {}

/** Against the schema of the field that the text becomes. */
export function checkText(what: string, text: string, schema: TSchema & { maxLength?: number }) {
  if (isText(schema, text)) return;
  throw new UsageError(
    `The ${what} must have 1 to ${schema.maxLength} characters, at least one of them visible.`,
  );
}

export function checkEmail(email: string) {
  if (!isEmail(email)) throw new UsageError(`"${email}" is not an e-mail address.`);
}
