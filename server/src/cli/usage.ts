/** Arguments that do not fit. The limits are those of the API's schemas. */
import { isEmail } from '#platform/http/schemas.ts';

/** Exit code 2 follows. */
export class UsageError extends Error {}

export function checkText(what: string, text: string, max: number) {
  if (!/[^\s\p{Cc}\p{Cf}\p{Z}]/u.test(text) || Array.from(text).length > max)
    throw new UsageError(`The ${what} needs 1 to ${max} characters, one of them to be seen.`);
}

export function checkEmail(email: string) {
  if (!isEmail(email)) throw new UsageError(`"${email}" is not an e-mail address.`);
}
