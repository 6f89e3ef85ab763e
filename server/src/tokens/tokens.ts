/** Static keys. The secret is shown once; the database knows its SHA-256 only. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { coalesced } from '../db/coalesce.ts';
import type { Db, Tx } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { recordDesk } from '../events/events.ts';

/** Whom a token is for, and how it is set. `expires_at` is RFC 3339. */
interface NewToken {
  account_id?: number;
  staff_id?: number;
  name: string;
  marks_read?: boolean;
  expires_at?: string | null;
}

interface TokenChange {
  name?: string;
  is_enabled?: boolean;
  marks_read?: boolean;
  expires_at?: string | null;
}

const columns = [
  'token_id',
  'kind',
  'account_id',
  'staff_id',
  'name',
  'marks_read',
  'expires_at',
  'disabled_at',
  'last_used_at',
  'created_at',
] as const;

/** Who bears this secret, or undefined when it is unknown, disabled, expired, or its staff member is disabled. */
export async function findActor(db: Db, secret: string): Promise<Actor | undefined> {
  if (!/^pdk_[\w-]{43}$/.test(secret)) return undefined;
  const hash = hashOf(secret);
  const found = await bearerByHash(db, hash);
  return found && timingSafeEqual(found.token_hash, hash) ? toActor(found) : undefined;
}

/** Of these tokens, the ones that still open the door. */
export async function listLiveTokenIds(db: Db, tokenIds: number[]): Promise<Set<number>> {
  const { rows } = await sql<{ token_id: number }>`
    select tokens.token_id
    from tokens
    left join staff using (staff_id)
    where tokens.token_id = any(${tokenIds}) and ${isLive}
  `.execute(db);
  return new Set(rows.map(({ token_id }) => token_id));
}

/** Issues a token and gives it with its secret in `token`: the only time that it is seen. */
export async function issueToken(tx: Tx, actor: Actor, input: NewToken) {
  const token = `pdk_${randomBytes(32).toString('base64url')}`;
  const row = await tx
    .insertInto('tokens')
    .values({
      kind: input.account_id === undefined ? 'staff' : 'client',
      account_id: input.account_id ?? null,
      staff_id: input.staff_id ?? null,
      name: input.name,
      token_hash: hashOf(token),
      marks_read: input.marks_read,
      expires_at: input.expires_at,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  await recordDesk(
    tx,
    actor,
    'token.issued',
    { token_id: row.token_id, name: row.name },
    row.account_id ?? 0,
  );
  return { ...row, token };
}

export async function listTokens(db: Db, owner: { account_id?: number } = {}) {
  let query = db.selectFrom('tokens').select(columns).orderBy('token_id');
  if (owner.account_id !== undefined) query = query.where('account_id', '=', owner.account_id);
  return query.execute();
}

export async function changeToken(tx: Tx, actor: Actor, tokenId: number, change: TokenChange) {
  const { is_enabled, ...rest } = change;
  const disabled = is_enabled === undefined ? {} : { disabled_at: is_enabled ? null : sql<string>`now()` };
  const row = await tx
    .updateTable('tokens')
    .set({ ...rest, ...disabled, name: change.name ?? sql.ref('name') })
    .where('token_id', '=', tokenId)
    .returning(columns)
    .executeTakeFirst();
  if (!row) throw notFound('token');
  await recordDesk(tx, actor, 'token.changed', { token_id: tokenId, ...change }, row.account_id ?? 0);
  return row;
}

/** Deletes the token: it is refused from the commit on, and its streams end within seconds. */
export async function revokeToken(tx: Tx, actor: Actor, tokenId: number) {
  const row = await tx
    .deleteFrom('tokens')
    .where('token_id', '=', tokenId)
    .returning(columns)
    .executeTakeFirst();
  if (!row) throw notFound('token');
  await recordDesk(tx, actor, 'token.revoked', { token_id: tokenId, name: row.name }, row.account_id ?? 0);
  return row;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

const isLive = sql<boolean>`
  tokens.disabled_at is null
  and (tokens.expires_at is null or tokens.expires_at > now())
  and staff.disabled_at is null
`;

interface Bearer {
  token_hash: Buffer;
  token_id: number;
  account_id: number | null;
  account_name: string | null;
  marks_read: boolean;
  staff_id: number | null;
  staff_name: string | null;
  role: 'agent' | 'admin' | null;
}

/** Every request asks this: the requests of one event-loop turn ask together. */
const bearerByHash = coalesced<Buffer, Bearer | undefined>(async (db, hashes) => {
  const { rows } = await sql<Bearer>`
    select
      tokens.token_hash, tokens.token_id, tokens.account_id, accounts.name as account_name, tokens.marks_read,
      tokens.staff_id, staff.name as staff_name, staff.role
    from tokens
    left join accounts using (account_id)
    left join staff using (staff_id)
    where tokens.token_hash = any(${hashes}) and ${isLive}
  `.execute(db);
  const byHash = new Map(rows.map((row) => [row.token_hash.toString('latin1'), row]));
  return hashes.map((hash) => byHash.get(hash.toString('latin1')));
});

function toActor(bearer: Bearer): Actor {
  const { token_id: tokenId, account_id, staff_id, role } = bearer;
  if (staff_id !== null && role !== null) {
    return { kind: 'staff', staffId: staff_id, name: bearer.staff_name ?? '', role, tokenId };
  }
  return {
    kind: 'client',
    accountId: Number(account_id),
    accountName: bearer.account_name ?? '',
    tokenId,
    marksRead: bearer.marks_read,
  };
}
