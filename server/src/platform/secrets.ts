/** Creates, recognises, hashes and compares secrets. Of secrets that are shown once, only the SHA-256 is stored. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as 43 characters. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** Whether this can be a secret at all. Anything else is not looked up. */
export const isSecret = (text: string) => /^[\w-]{43}$/.test(text);

/** 80 random bits in four groups, for writing down. */
export const newWrittenCode = () =>
  randomBytes(10)
    .toString('hex')
    .replace(/.{5}(?=.)/g, '$&-');

/** What the database stores of a secret. */
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** Compares in constant time. */
export function isEqualSecret(given: Buffer | string, expected: Buffer | string): boolean {
  const bytes = (text: Buffer | string) => (typeof text === 'string' ? Buffer.from(text) : text);
  const [one, other] = [bytes(given), bytes(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
