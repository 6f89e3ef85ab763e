/** Sign-in by the identity provider: for existing members only. */
import type { Origin } from '#actor.ts';
import { system } from '#actor.ts';
import { ApiError, notAMember } from '#errors.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { record } from '#platform/events/events.ts';
import { sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import type { Identity } from './oidc-provider.ts';
import { type Member, openSession } from './sessions.ts';

/**
 * Opens a session for the member linked to this identity. At the first sign-in the identity is linked by its verified
 * address to an enabled member without another identity; from then on the address is ignored. The provider's second
 * factor replaces ours.
 */
export async function signInByOidc({ transact }: Database, identity: Identity, origin: Origin) {
  const outcome = await transact(async (tx) => {
    const linked = (await findLinked(tx, identity)) ?? (await link(tx, identity));
    if (!linked || linked.disabled_at !== null) return refuse(tx, linked, origin);
    return openSession(tx, linked, origin, { by: 'oidc', second_factor: 'provider' });
  });
  if (outcome instanceof ApiError) throw outcome; // thrown after the commit, so that the refusal stays recorded
  return outcome;
}

interface Linked extends Member {
  disabled_at: string | null;
}

async function findLinked(tx: Tx, { issuer, subject }: Identity): Promise<Linked | undefined> {
  const { rows } = await sql<Linked>`
    select staff_id, name, role, disabled_at
    from credentials
    join staff using (staff_id)
    where oidc_issuer = ${issuer} and oidc_subject = ${subject}
    for share of staff
  `.execute(tx);
  return rows[0];
}

async function link(tx: Tx, { issuer, subject, verifiedEmail }: Identity): Promise<Linked | undefined> {
  if (verifiedEmail === undefined) return undefined;
  const { rows } = await sql<{ staff_id: number }>`
    insert into credentials (staff_id, oidc_issuer, oidc_subject)
    select staff_id, ${issuer}, ${subject}
    from staff
    where email = ${addressOf(verifiedEmail)} and disabled_at is null
    on conflict (staff_id) do update
    set oidc_issuer = excluded.oidc_issuer, oidc_subject = excluded.oidc_subject
    where credentials.oidc_subject is null
    returning staff_id
  `.execute(tx);
  const linked = await findLinked(tx, { issuer, subject, verifiedEmail });
  // Without a row, a concurrent duplicate has linked it, or the member has another identity.
  if (rows[0])
    await record(tx, system, 'staff.linked', { data: { staff_id: rows[0].staff_id, issuer, subject } });
  return linked;
}

async function refuse(tx: Tx, linked: Linked | undefined, { ip }: Origin): Promise<ApiError> {
  const of = linked ? { staff_id: linked.staff_id } : {};
  await record(tx, system, 'session.refused', { data: { ...of, ip, wrong: 'identity' } });
  return notAMember();
}
