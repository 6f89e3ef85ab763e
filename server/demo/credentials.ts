/** The keys and passwords of the demo, kept beside the database for whoever started it. */
import { randomBytes } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { type Credentials, credentialsPath } from '#faces/demo-credentials.ts';

const about =
  'Keys of the demo data. Send one as X-Token to the address that the server prints when it starts, for example: ' +
  'curl -H "X-Token: $TOKEN" http://127.0.0.1:8080/support/tickets. Staff also sign in by e-mail and password: ' +
  'POST /staff/session {"email": …, "password": …}. On this machine, the page at / signs in as any of these people.';

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'; // 32 that are not taken for one another

/** 100 random bits to be read and typed: `k3vmq-x7pha-…`. */
export const newPassword = () =>
  Array.from(randomBytes(20), (byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .replace(/.{5}(?=.)/g, '$&-');

/** Writes the file, whole and on disk, or throws; gives its path. */
export async function writeCredentials(dataDir: string, credentials: Credentials): Promise<string> {
  const path = credentialsPath(dataDir);
  const half = `${path}.${process.pid}`;
  await using file = await open(half, 'w', 0o600);
  await file.writeFile(`${JSON.stringify({ about, ...credentials }, null, 2)}\n`);
  await file.sync();
  await rename(half, path);
  await using folder = await open(dataDir);
  await folder.sync();
  return path;
}
