/** Invalid arguments. The schemas of the API decide what is valid. */
import { isEmail, isText } from '#platform/http/schemas.ts';
import type { TSchema } from '#platform/type.ts';

/** Exits with code 2. */
export class UsageError extends Error {}

/** Checks the text against the schema of the field that it is for. */
export function checkText(what: string, text: string, schema: TSchema & { maxLength?: number }) {
  if (isText(schema, text)) return;
  throw new UsageError(
    `The ${what} must have 1 to ${schema.maxLength} characters, at least one of them visible.`,
  );
}

export function checkEmail(email: string) {
  if (!isEmail(email)) throw new UsageError(`"${email}" is not an e-mail address.`);
}

export function numberOf(what: string, id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new UsageError(`"${id}" is not the id of ${what}.`);
  return Number(id);
}
