/** One-time secrets with which a member chooses a password: the first one, or a new one after an admin's reset. */
import type { Actor, Role } from '#actor.ts';
import { conflict, invalidInvitation } from '#errors.ts';
import { clearAttempts } from '#people/staff/sessions/attempts.ts';
import { endSessionsOf } from '#people/staff/sessions/sessions.ts';
import type { Database, Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { hashOf, newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import type { Address } from '#platform/text/address.ts';
import { checkPassword, hashPassword, savePassword } from './passwords.ts';
import type { NewMember } from './schema.ts';
import { addStaff, findMember } from './staff.ts';

/** Adds a member with an invitation. Its secret is shown only once. */
export async function inviteMember(tx: Tx, actor: Actor, input: NewMember) {
  const { staff_id } = await addStaff(tx, actor, input);
  return { ...(await findMember(tx, actor, staff_id)), invitation: await invite(tx, staff_id) };
}

/** Removes a member's password, ends their sessions, and returns a secret for choosing a new password. */
export async function resetMember(tx: Tx, actor: Actor, staffId: number) {
  const before = await findMember(tx, actor, staffId);
  if (before.disabled_at !== null)
    throw conflict('staff_disabled', 'This member is disabled. Enable them first.');
  await sql`update credentials set password_hash = null where staff_id = ${staffId}`.execute(tx);
  await endSessionsOf(tx, staffId);
  await record(tx, actor, 'staff.reset', { data: { staff_id: staffId } });
  return { ...(await findMember(tx, actor, staffId)), invitation: await invite(tx, staffId) };
}

/**
 * Sets the password of the member with this secret, which works once. Does not sign in, so that a second factor is
 * never skipped.
 */
export async function acceptInvitation({ db, transact }: Database, secret: string, password: string) {
  const hash = hashOf(secret);
  const { email } = await findInvited(db, hash); // checked before the costly hash, for callers without a valid secret
  checkPassword(password, email);
  const passwordHash = await hashPassword(password);
  return transact(async (tx) => {
    const { staff_id, name, role } = await findInvited(tx, hash);
    const { rowCount } = await sql`delete from invitations where secret_hash = ${hash}`.execute(tx);
    if (rowCount === 0) throw invalidInvitation(); // a concurrent duplicate was first
    await savePassword(tx, staff_id, passwordHash);
    await clearAttempts(tx, email);
    const actor = { kind: 'staff', staffId: staff_id, name, role, tokenId: null, sessionId: null } as const;
    await record(tx, actor, 'staff.accepted', { data: { staff_id } });
    return { email };
  });
}

export async function sweepInvitations(db: Db) {
  await sql`delete from invitations where expires_at <= now()`.execute(db);
}

/** Creates an invitation that replaces an earlier one. */
async function invite(tx: Tx, staffId: number) {
  const secret = newSecret();
  const { expires_at } = oneRow(
    await sql<{ expires_at: string }>`
      insert into invitations (staff_id, secret_hash, expires_at)
      values (${staffId}, ${hashOf(secret)}, now() + interval '7 days')
      on conflict (staff_id) do update
      set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
      returning expires_at
    `.execute(tx),
  );
  return { secret, expires_at };
}

async function findInvited(db: Db, hash: Buffer) {
  const { rows } = await sql<{ staff_id: number; email: Address; name: string; role: Role }>`
    select staff_id, email, name, role
    from invitations
    join staff using (staff_id)
    where secret_hash = ${hash} and expires_at > now() and disabled_at is null
  `.execute(db);
  if (!rows[0]) throw invalidInvitation();
  return rows[0];
}
