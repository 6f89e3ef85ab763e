/**
 * Passwords of staff: argon2id (RFC 9106), stored as PHC strings, with a bounded number of hashes computed at once.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { invalid, unavailable } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { sql } from '#platform/sql.ts';
import { hasExcessMarks, normalise } from '#platform/text/normalise.ts';
import { isCommon } from './common-passwords.ts';

interface Parameters {
  memory: number;
  passes: number;
  parallelism: number;
}

/**
 * 19 MiB and two passes: the minimum that OWASP recommends, so that a small server keeps its memory for other work.
 */
const current: Parameters = { memory: 19_456, passes: 2, parallelism: 1 };
const MAX_LENGTH = 200; // code points
const MAX_RUNNING = 2; // of libuv's four threads; the others remain for files and DNS
const MAX_WAITING = 40;

/** Compared with the password for an unknown address, so that the response takes as long. */
const dummyHash = phc(current, randomBytes(16), randomBytes(32));

const derive = promisify(argon2);
const queue = pLimit(MAX_RUNNING);

/** Throws a 400 for a password that is too short or too common. */
export function checkPassword(password: string, email: string) {
  if (password.length > 2 * MAX_LENGTH) throw wrongLength();
  if (hasExcessMarks(password)) {
    const detail = 'A password may have at most 30 combining marks in a row. Remove some.';
    throw invalid('invalid_password', detail);
  }
  const text = normalised(password);
  const length = Array.from(text).length;
  if (length < 12 || length > MAX_LENGTH) throw wrongLength();
  if (isCommon(text, email)) {
    throw invalid('common_password', 'This password is too common. Choose another one.');
  }
}

const wrongLength = () => invalid('invalid_password', `A password has 12 to ${MAX_LENGTH} characters.`);

/** As a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return phc(current, salt, await argon2InQueue(normalised(password), salt, current, 32));
}

export async function savePassword(tx: Tx, staffId: number, passwordHash: string) {
  await sql`
    insert into credentials (staff_id, password_hash)
    values (${staffId}, ${passwordHash})
    on conflict (staff_id) do update
    set password_hash = excluded.password_hash
  `.execute(tx);
}

/** Takes equally long when there is no stored hash. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const { parameters, salt, tag } = parse(stored ?? dummyHash);
  const found = await argon2InQueue(normalised(password), salt, parameters, tag.length);
  return timingSafeEqual(found, tag) && stored !== null;
}

/** Whether the hash was made with other parameters than the current ones. */
export const isOutdated = (stored: string) => {
  const { memory, passes, parallelism } = parse(stored).parameters;
  return memory !== current.memory || passes !== current.passes || parallelism !== current.parallelism;
};

/** The same text whichever way a keyboard composes it. */
const normalised = (password: string) => normalise(password, 'NFKC');

/** Waits in a queue. Throws a 503 when it is full. */
async function argon2InQueue(
  message: string,
  nonce: Buffer,
  parameters: Parameters,
  tagLength: number,
): Promise<Buffer> {
  if (queue.pendingCount >= MAX_WAITING) {
    throw unavailable('busy', 'Too many people are signing in. Try again shortly.');
  }
  return queue(() => derive('argon2id', { message, nonce, tagLength, ...parameters }));
}

function phc({ memory, passes, parallelism }: Parameters, salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

function parse(stored: string) {
  const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
  const [, memory, passes, parallelism, salt = '', tag = ''] = form.exec(stored) ?? [];
  if (memory === undefined) throw new Error('A stored password is not a PHC string of argon2id.');
  return {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
