/** Secrets that are shown once: the database keeps their SHA-256 only. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as 43 characters. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** What the database keeps of a secret. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest();
