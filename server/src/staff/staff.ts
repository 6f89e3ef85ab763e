/** The host's support people. */
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';

interface NewStaff {
  email: string;
  name: string;
  role: 'agent' | 'admin';
}

/** Adds a staff member; a 409 when the address is taken. */
export async function addStaff(tx: Tx, actor: Actor, { email, name, role }: NewStaff) {
  const member = await tx
    .insertInto('staff')
    .values({ email: email.toLowerCase(), name, role })
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordDesk(tx, actor, 'staff.added', { staff_id: member.staff_id, email: member.email, role });
  return member;
}

export async function findStaffByEmail(db: Db, email: string) {
  const member = await db
    .selectFrom('staff')
    .selectAll()
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  if (!member) throw notFound('staff member');
  return member;
}
