/**
 * Browsers that members have signed in with (OWASP: device cookies). The secret is in a cookie; the database stores
 * its SHA-256 only. It gives no access: it only shows that guesses from elsewhere come from somebody else.
 */
import type { Db, Tx } from '#platform/db/database.ts';
import { hashOf, isSecret, newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import type { Address } from '#platform/text/address.ts';

export const DEVICE_SECONDS = 180 * 24 * 60 * 60;

/** The hash of this secret, if the member with this address has signed in with it. */
export async function findDevice(
  db: Db,
  secret: string | undefined,
  email: Address,
): Promise<Buffer | undefined> {
  if (secret === undefined || !isSecret(secret)) return undefined;
  const { rows } = await sql<{ device_hash: Buffer }>`
    select device_hash
    from staff_devices
    join staff using (staff_id)
    where device_hash = ${hashOf(secret)} and email = ${email} and ${isUnexpired}
  `.execute(db);
  return rows[0]?.device_hash;
}

/** Records the browser that the member has signed in with. Returns a secret when it was not known. */
export async function saveDevice(
  tx: Tx,
  staffId: number,
  known: Buffer | undefined,
): Promise<string | undefined> {
  if (known) {
    await sql`update staff_devices set last_used_at = now() where device_hash = ${known}`.execute(tx);
    return undefined;
  }
  const secret = newSecret();
  await sql`insert into staff_devices (device_hash, staff_id) values (${hashOf(secret)}, ${staffId})`.execute(
    tx,
  );
  return secret;
}

/** Forgets all browsers of a member except the given one. */
export async function forgetDevicesOf(tx: Tx, staffId: number, kept?: Buffer) {
  await sql`
    delete from staff_devices
    where staff_id = ${staffId} and device_hash is distinct from ${kept ?? null}::bytea
  `.execute(tx);
}

export async function sweepDevices(db: Db) {
  await sql`delete from staff_devices where not ${isUnexpired}`.execute(db);
}

const isUnexpired = sql<boolean>`
  (staff_devices.last_used_at > now() - make_interval(secs => ${sql.lit(DEVICE_SECONDS)}))
`;
