/** Secrets: how they are made, recognised, kept and compared. What is shown once is kept as its SHA-256 only. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as 43 characters. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** Whether this can be a secret at all: nothing else is looked up. */
export const isSecret = (text: string) => /^[\w-]{43}$/.test(text);

/** 80 random bits in four groups, to be written down. */
export const newWrittenCode = () =>
  randomBytes(10)
    .toString('hex')
    .replace(/.{5}(?=.)/g, '$&-');

/** What the database keeps of a secret. */
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** Takes as long wherever they differ. */
export function isSame(given: Buffer | string, expected: Buffer | string): boolean {
  const bytes = (text: Buffer | string) => (typeof text === 'string' ? Buffer.from(text) : text);
  const [one, other] = [bytes(given), bytes(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
