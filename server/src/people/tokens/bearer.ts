/** Finds the actor of a token: at every request, and repeatedly for open streams. */
import type { Actor, Role } from '#actor.ts';
import { batched } from '#platform/db/batch.ts';
import type { Db } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { isAllowedFrom } from '#platform/ip-addresses.ts';
import { hashOf, isEqualSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';

/**
 * The actor with this token; undefined when it is unknown, disabled, expired, not allowed from this address, or its
 * staff member is disabled.
 */
export async function findTokenActor(db: Db, secret: string, address: string): Promise<Actor | undefined> {
  if (!/^pdk_[\w-]{43}$/.test(secret)) return undefined;
  const hash = hashOf(secret);
  const found = await bearerByHash(db, hash);
  if (!found || !isEqualSecret(found.token_hash, hash)) return undefined;
  return isAllowedFrom(address, found.allowed_addresses) ? toActor(found) : undefined;
}

/** Those of the given tokens that are live, with their actors and the addresses they may be used from. */
export async function listBearers(
  db: Db,
  tokenIds: number[],
): Promise<Map<number, { actor: Actor; allowed_addresses: string[] }>> {
  if (tokenIds.length === 0) return new Map();
  const { rows } = await sql<Bearer>`
    select ${bearerColumns}
    from tokens
    left join accounts using (account_id)
    left join staff using (staff_id)
    where tokens.token_id = any(${tokenIds}) and ${isLiveToken} and staff.disabled_at is null
  `.execute(db);
  return new Map(
    rows.map((row) => [row.token_id, { actor: toActor(row), allowed_addresses: row.allowed_addresses }]),
  );
}

/** Whether a token is live: enabled, not expired, and its staff member not disabled. */
export const isLiveToken = sql<boolean>`
  (tokens.disabled_at is null and (tokens.expires_at is null or tokens.expires_at > now()))
`;

interface Bearer {
  token_id: number;
  token_hash: Buffer;
  kind: 'client' | 'staff' | 'service';
  account_id: number | null;
  account_name: string | null;
  marks_read: boolean;
  scopes: string[] | null;
  allowed_addresses: string[];
  expires_at: string | null;
  staff_id: number | null;
  staff_name: string | null;
  role: Role | null;
}

const bearerColumns = sql.raw(`
  tokens.token_hash, tokens.token_id, tokens.kind, tokens.account_id, accounts.name as account_name,
  tokens.marks_read, tokens.scopes, tokens.allowed_addresses, tokens.expires_at,
  tokens.staff_id, staff.name as staff_name, staff.role
`);

/** The look-ups of one event-loop turn share a statement. */
const bearerByHash = batched<Buffer, Bearer | undefined>(async (db, hashes) => {
  const { rows } = await sql<Bearer>`
    select ${bearerColumns}
    from (select distinct * from unnest(${genericArray(hashes, 'bytea')})) as wanted (token_hash)
    join tokens using (token_hash)
    left join accounts using (account_id)
    left join staff using (staff_id)
    where ${isLiveToken} and staff.disabled_at is null
  `.execute(db);
  const byHash = new Map(rows.map((row) => [row.token_hash.toString('latin1'), row]));
  return hashes.map((hash) => byHash.get(hash.toString('latin1')));
});

function toActor(bearer: Bearer): Actor {
  const { kind, token_id: tokenId, staff_id, role } = bearer;
  const scopes = bearer.scopes ?? undefined;
  if (kind === 'service') return { kind, tokenId, scopes };
  if (kind === 'staff' && staff_id !== null && role !== null) {
    const isLimited = Boolean(scopes || bearer.expires_at || bearer.allowed_addresses.length > 0);
    const name = bearer.staff_name ?? '';
    return { kind, staffId: staff_id, name, role, tokenId, sessionId: null, scopes, isLimited };
  }
  return {
    kind: 'client',
    accountId: Number(bearer.account_id),
    accountName: bearer.account_name ?? '',
    tokenId,
    // Marking as read is a write.
    marksRead: bearer.marks_read && (scopes?.includes('tickets:write') ?? true),
    scopes,
  };
}
