/** Passwords of staff: argon2id (RFC 9106), kept as PHC strings, a bounded number of them worked on at once. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { invalid, unavailable } from '#errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { hasExcessMarks, normalise } from '#platform/text/normalise.ts';
import { isCommon } from './common-passwords.ts';

interface Parameters {
  memory: number;
  passes: number;
  parallelism: number;
}

/** 19 MiB, twice: what OWASP asks for at least, so that a small server keeps its memory for its work. */
const current: Parameters = { memory: 19_456, passes: 2, parallelism: 1 };
const MAX_LENGTH = 200; // code points
const AT_ONCE = 2; // of libuv's four threads: files and names are looked up by the others
const MAX_WAITING = 40;

/** What a password that no member has is compared with: no response may come sooner for want of a hash. */
const nobody = phc(current, randomBytes(16), randomBytes(32));

const derive = promisify(argon2);
let running = 0;
const waiting: Array<() => void> = [];

/** Throws a 400 for a password that is too short or too well known to be chosen. */
export function checkPassword(password: string, email: string) {
  if (password.length > 2 * MAX_LENGTH) throw wrongLength();
  if (hasExcessMarks(password)) {
    const detail = 'A password has at most 30 combining marks in a row. Leave some out.';
    throw invalid('invalid_password', detail);
  }
  const text = normalised(password);
  const length = Array.from(text).length;
  if (length < 12 || length > MAX_LENGTH) throw wrongLength();
  if (isCommon(text, email)) {
    throw invalid('common_password', 'This password is among the first that are guessed. Choose another.');
  }
}

const wrongLength = () => invalid('invalid_password', `A password has 12 to ${MAX_LENGTH} characters.`);

/** As a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return phc(current, salt, await work(normalised(password), salt, current, 32));
}

export async function savePassword(tx: Tx, staffId: number, passwordHash: string) {
  await sql`
    insert into credentials (staff_id, password_hash)
    values (${staffId}, ${passwordHash})
    on conflict (staff_id) do update
    set password_hash = excluded.password_hash
  `.execute(tx);
}

/** Takes as long for a hash that is not there. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const { parameters, salt, tag } = parse(stored ?? nobody);
  const found = await work(normalised(password), salt, parameters, tag.length);
  return timingSafeEqual(found, tag) && stored !== null;
}

/** Whether this was made with other parameters than would be taken now. */
export const isOutdated = (stored: string) => {
  const { memory, passes, parallelism } = parse(stored).parameters;
  return memory !== current.memory || passes !== current.passes || parallelism !== current.parallelism;
};

/** The same text however a keyboard composes it. */
const normalised = (password: string) => normalise(password, 'NFKC');

/** Waits its turn; a 503 when too many do. */
async function work(
  message: string,
  nonce: Buffer,
  parameters: Parameters,
  tagLength: number,
): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw unavailable('busy', 'Too many people sign in at this moment.');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await derive('argon2id', { message, nonce, tagLength, ...parameters });
  } finally {
    const next = waiting.shift();
    if (next)
      next(); // whose turn it is takes our place
    else running--;
  }
}

function phc({ memory, passes, parallelism }: Parameters, salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

function parse(stored: string) {
  const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
  const [, memory, passes, parallelism, salt = '', tag = ''] = form.exec(stored) ?? [];
  if (memory === undefined) throw new Error('A stored password is no PHC string of argon2id.');
  return {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
