/** Team members of the host. */
import type { Actor, Role, StaffActor } from '#actor.ts';
import { releaseTicketsOf } from '#desk/tickets/release.ts';
import { conflict, invalid, notFound } from '#errors.ts';
import { endSessionsOf } from '#people/staff/sessions/sessions.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record, recordingEach } from '#platform/events/events.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { visibleTo } from '#visible.ts';
import type { CurrentMember, CurrentMemberChange, MemberChange, NewMember, StaffMember } from './schema.ts';

interface AddedMember extends NewMember {
  staff_id: number;
}

/** Adds a team member. Throws a 409 when the address is taken. */
export async function addStaff(tx: Tx, actor: Actor, { email, name, role }: NewMember) {
  const result = await sql<AddedMember>`
    insert into staff (email, name, role)
    values (${addressOf(email)}, ${name}, ${role})
    returning staff_id, email, name, role
  `.execute(tx);
  const member = oneRow(result);
  await record(tx, actor, 'staff.added', { data: { staff_id: member.staff_id, email: member.email, role } });
  return member;
}

export async function listMembers(db: Db, actor: Actor): Promise<StaffMember[]> {
  const { rows } = await select(db, actor, sql`true`);
  return rows;
}

export async function findMember(db: Db, actor: Actor, staffId: number): Promise<CurrentMember> {
  const [member] = (await select(db, actor, sql`staff.staff_id = ${staffId}`)).rows;
  if (!member) throw notFound('staff member');
  return member;
}

const MAX_PREFERENCES_BYTES = 4096;

/**
 * What members change of themselves, in one statement. An event is recorded only when the availability has changed:
 * preferences are about nobody else, and would fill the audit log.
 */
export async function changeMe(
  tx: Tx,
  actor: StaffActor,
  { preferences = {}, availability }: CurrentMemberChange,
): Promise<CurrentMember> {
  const merged = sql`jsonb_strip_nulls(preferences || ${JSON.stringify(preferences)}::jsonb)`;
  const { rows } = await sql<{ staff_id: number }>`
    with earlier as (
      select availability as before
      from staff
      where staff_id = ${actor.staffId}
      for no key update
    ), changed as (
      update staff
      set preferences = ${merged}, availability = coalesce(${availability ?? null}, availability)
      from earlier
      where staff_id = ${actor.staffId} and octet_length((${merged})::text) <= ${MAX_PREFERENCES_BYTES}
      returning staff_id, before, availability
    ), told as (
      select 0::bigint as account_id, null::bigint as number,
        jsonb_build_object('staff_id', staff_id, 'availability', availability) as data
      from changed
      where availability <> before
    ), recorded as (
      ${recordingEach(actor, 'staff.availability_changed', sql`told`)}
    )
    select staff_id
    from changed
  `.execute(tx);
  if (rows.length === 0) {
    throw invalid('preferences_too_large', 'Preferences have at most 4 KiB as JSON.', [
      { pointer: '/preferences', detail: 'would have more than 4 KiB with what is saved' },
    ]);
  }
  return findMember(tx, actor, actor.staffId);
}

export async function findStaffByEmail(db: Db, email: string) {
  const { rows } = await sql<{ staff_id: number }>`
    select staff_id from staff where email = ${addressOf(email)}
  `.execute(db);
  const [member] = rows;
  if (!member) throw notFound('staff member');
  return member;
}

/**
 * Disabling a member signs them out everywhere and reassigns their tickets. The last admin cannot be disabled or
 * demoted.
 */
export async function changeMember(tx: Tx, actor: Actor, staffId: number, change: MemberChange) {
  const { is_enabled, ...fields } = change;
  if (change.role === 'agent' || is_enabled === false) await requireAnotherAdmin(tx, staffId);
  const before = await lockMember(tx, staffId);
  const isEnabled = is_enabled ?? before.is_enabled;
  const { name, role } = { ...before, ...fields };
  await sql`
    update staff
    set name = ${name},
        role = ${role},
        disabled_at = case when ${isEnabled} then null else coalesce(disabled_at, now()) end
    where staff_id = ${staffId}
  `.execute(tx);
  const released = isEnabled ? undefined : { tickets_released: await reassignTickets(tx, actor, staffId) };
  await record(tx, actor, 'staff.changed', {
    data: { staff_id: staffId, before, after: change, ...released },
  });
  return findMember(tx, actor, staffId);
}

/** Returns how many tickets were reassigned. */
async function reassignTickets(tx: Tx, actor: Actor, staffId: number): Promise<number> {
  await endSessionsOf(tx, staffId);
  await sql`delete from invitations where staff_id = ${staffId}`.execute(tx);
  return releaseTicketsOf(tx, actor, staffId);
}

/** Locks every enabled admin until the commit: of two admins removed at once, the second is refused. */
async function requireAnotherAdmin(tx: Tx, staffId: number) {
  const { rows } = await sql<{ staff_id: number }>`
    select staff_id
    from staff
    where role = 'admin' and disabled_at is null
    order by staff_id
    for no key update
  `.execute(tx);
  if (rows.length === 1 && rows[0]?.staff_id === staffId) {
    throw conflict('last_admin', 'This is the last enabled admin. Make another member an admin first.');
  }
}

async function lockMember(tx: Tx, staffId: number) {
  const { rows } = await sql<{ name: string; role: Role; is_enabled: boolean }>`
    select name, role, disabled_at is null as is_enabled
    from staff
    where staff_id = ${staffId}
    for no key update
  `.execute(tx);
  if (!rows[0]) throw notFound('staff member');
  return rows[0];
}

const select = (db: Db, actor: Actor, condition: Sql) =>
  sql<CurrentMember>`
    select
      staff.staff_id, name, role, availability,
      case when ${visibleTo.credentials(actor)} then email end as email,
      case when ${visibleTo.credentials(actor)} then password_hash is not null end as has_password,
      case when ${visibleTo.credentials(actor)} then totp_secret is not null end as has_second_factor,
      disabled_at, created_at, preferences
    from staff
    left join credentials using (staff_id)
    where ${condition}
    order by staff.staff_id
  `.execute(db);
