/** API tokens. The secret is shown once; the database stores its SHA-256 only. */
import type { Actor } from '#actor.ts';
import { type FieldError, invalid, notFound } from '#errors.ts';
import { scopes as scopesOf, type TokenKind } from '#people/access/scopes.ts';
import { endSessionsBy } from '#people/sso/client-sessions.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { equalsAny, splitList } from '#platform/db/equals-any.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { orDefault } from '#platform/db/or-default.ts';
import { record } from '#platform/events/events.ts';
import { isNetwork } from '#platform/ip-addresses.ts';
import { hashOf, newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import type { Token } from './schema.ts';

/** The owner of a token: an account, a staff member, or, for the kind `service`, a program of the host. */
export interface TokenOwner {
  kind?: TokenKind;
  account_id?: number;
  staff_id?: number;
}

/** The limits of a token. `expires_at` is RFC 3339. */
interface TokenLimits {
  scopes?: string[] | null;
  allowed_addresses?: string[];
  marks_read?: boolean;
  expires_at?: string | null;
}

type NewToken = TokenOwner & TokenLimits & { name: string };
type TokenChange = TokenLimits & { name?: string; is_enabled?: boolean };

const columns = sql`
  token_id, kind, account_id, staff_id, name, scopes, allowed_addresses, marks_read,
  expires_at, disabled_at, last_used_at, created_at
`;

/** Issues a token and returns it with its secret in `token`, which is shown only once. */
export async function issueToken(tx: Tx, actor: Actor, input: NewToken) {
  const kind = kindFor(input);
  checkLimits(kind, input);
  refuseExpired(input);
  const { account_id = null, staff_id = null, name, ...limits } = input;
  const token = `pdk_${newSecret()}`;
  const result = await sql<Token>`
    insert into tokens (
      kind, account_id, staff_id, name, token_hash, scopes, allowed_addresses, marks_read, expires_at
    )
    values (
      ${kind}, ${account_id}, ${staff_id}, ${name}, ${hashOf(token)}, ${limits.scopes ?? null},
      ${orDefault(limits.allowed_addresses)}, ${orDefault(limits.marks_read)}, ${limits.expires_at ?? null}
    )
    returning ${columns}
  `.execute(tx);
  const row = oneRow(result);
  const { token_id, scopes, allowed_addresses, expires_at } = row;
  const data = { token_id, kind, staff_id, name, scopes, allowed_addresses, expires_at };
  await record(tx, actor, 'token.issued', { account_id: account_id ?? 0, data });
  return { ...row, token };
}

/** Each value may be a comma-separated list. */
interface TokenFilter {
  kind?: string;
  account_id?: string | number;
  staff_id?: string | number;
  after?: number;
  limit?: number;
}

/** Tokens in order of their id, starting after `after`; all of them without a limit. */
export async function listTokens(db: Db, filter: TokenFilter = {}) {
  const { after = 0, limit = null, kind, account_id, staff_id } = filter;
  const conditions = [sql`token_id > ${after}`];
  if (kind !== undefined) conditions.push(equalsAny('kind', splitList(kind)));
  if (account_id !== undefined) conditions.push(equalsAny('account_id', splitList(account_id), 'bigint'));
  if (staff_id !== undefined) conditions.push(equalsAny('staff_id', splitList(staff_id), 'bigint'));
  const { rows } = await sql<Token>`
    select ${columns}
    from tokens
    where ${sql.join(conditions, sql` and `)}
    order by token_id
    limit ${limit}
  `.execute(db);
  return rows;
}

export async function changeToken(tx: Tx, actor: Actor, tokenId: number, change: TokenChange) {
  const before = await lockToken(tx, tokenId);
  checkLimits(before.kind, change);
  const { is_enabled = before.disabled_at === null } = change;
  const { name = before.name, scopes = before.scopes, expires_at = before.expires_at } = change;
  const { allowed_addresses = before.allowed_addresses, marks_read = before.marks_read } = change;
  const result = await sql<Token>`
    update tokens
    set name = ${name},
        scopes = ${scopes},
        allowed_addresses = ${allowed_addresses},
        marks_read = ${marks_read},
        expires_at = ${expires_at},
        disabled_at = case when ${is_enabled} then null else coalesce(disabled_at, now()) end
    where token_id = ${tokenId}
    returning ${columns}
  `.execute(tx);
  const after = oneRow(result);
  const ended = change.is_enabled === false ? await endSessionsBy(tx, { token_id: tokenId }) : 0;
  const data = { token_id: tokenId, ...difference(before, after), ...(ended && { sessions_ended: ended }) };
  await record(tx, actor, 'token.changed', { account_id: before.account_id ?? 0, data });
  return after;
}

/** Deletes the token: requests with it are refused from the commit on, and its streams end within seconds. */
export async function revokeToken(tx: Tx, actor: Actor, tokenId: number, owner: TokenOwner = {}) {
  const { kind, account_id, staff_id, name } = await lockToken(tx, tokenId, owner);
  const result = await sql<Token>`
    delete from tokens where token_id = ${tokenId} returning ${columns}
  `.execute(tx);
  const ended = await endSessionsBy(tx, { token_id: tokenId });
  const data = { token_id: tokenId, kind, staff_id, name, ...(ended && { sessions_ended: ended }) };
  await record(tx, actor, 'token.revoked', { account_id: account_id ?? 0, data });
  return oneRow(result);
}

/** Deletes all tokens of an account that is erased; returns how many. The caller ends its sessions. */
export async function deleteTokensOf(tx: Tx, accountId: number): Promise<number> {
  const { rowCount } = await sql`
    delete from tokens where account_id = ${accountId}
  `.execute(tx);
  return rowCount;
}

/** The token, locked until the commit. Throws a 404 also for a token of another owner. */
async function lockToken(tx: Tx, tokenId: number, { staff_id }: TokenOwner = {}) {
  const { rows } = await sql<Token>`
    select ${columns} from tokens where token_id = ${tokenId} for update
  `.execute(tx);
  const [row] = rows;
  if (!row || (staff_id !== undefined && row.staff_id !== staff_id)) throw notFound('token');
  return row;
}

function kindFor({ kind, account_id, staff_id }: TokenOwner): TokenKind {
  const named = account_id !== undefined ? 'client' : staff_id !== undefined ? 'staff' : 'service';
  const isBoth = account_id !== undefined && staff_id !== undefined;
  if (!isBoth && (kind ?? named) === named && (kind !== undefined || named !== 'service')) return named;
  throw invalid(
    'invalid_token_owner',
    'A client key needs account_id, a staff key needs staff_id, a service key needs neither.',
    [{ pointer: '/kind', detail: 'does not fit the kind of the key' }],
  );
}

function checkLimits(kind: TokenKind, { scopes, allowed_addresses = [] }: TokenLimits) {
  const known: readonly string[] = scopesOf[kind];
  const errors: FieldError[] = [
    ...(scopes ?? []).flatMap((scope, i) =>
      known.includes(scope)
        ? []
        : [
            {
              pointer: `/scopes/${i}`,
              detail: `is not a scope of this kind of key. Its scopes: ${known.join(', ')}`,
            },
          ],
    ),
    ...allowed_addresses.flatMap((address, i) =>
      isNetwork(address)
        ? []
        : [
            {
              pointer: `/allowed_addresses/${i}`,
              detail: 'is neither an address nor a network such as 10.0.0.0/8',
            },
          ],
    ),
  ];
  if (errors.length > 0)
    throw invalid(
      'invalid_token_limits',
      'These scopes or addresses do not fit the key: see errors.',
      errors,
    );
}

/** Issuing an expired token is a mistake; setting an existing one to expire in the past is not. */
function refuseExpired({ expires_at }: TokenLimits) {
  if (!expires_at || Date.parse(expires_at) > Date.now()) return;
  throw invalid('invalid_token_limits', 'The expiry of a new key must be in the future.', [
    { pointer: '/expires_at', detail: 'has passed' },
  ]);
}

/** The changed fields, before and after. */
function difference<T extends object>(before: T, after: T) {
  const names = (Object.keys(after) as Array<keyof T>).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (row: T) => Object.fromEntries(names.map((name) => [name, row[name]]));
  return { before: pick(before), after: pick(after) };
}
