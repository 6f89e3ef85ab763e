/**
 * Finds the person behind the secret of a client session. The secret contains the account id, so that one shard is
 * queried.
 */
import type { ClientActor } from '#actor.ts';
import { batched } from '#platform/db/batch.ts';
import type { Db } from '#platform/db/database.ts';
import { genericArray } from '#platform/db/generic-array.ts';
import { hashOf, isEqualSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';

/** Undefined when the session is unknown or has ended, or its key is disabled. */
export async function findSessionClient(db: Db, secret: string): Promise<ClientActor | undefined> {
  const [, account] = /^pds_([1-9]\d{0,14})_[\w-]{43}$/.exec(secret) ?? [];
  if (account === undefined) return undefined;
  const hash = hashOf(secret);
  const found = await bearerByHash(db, { accountId: Number(account), hash });
  if (!found || !isEqualSecret(found.secret_hash, hash)) return undefined;
  return toActor(found);
}

/** Those of the given sessions that are still live, by id, with their actors. */
export async function listSessionClients(
  db: Db,
  sessions: Array<{ accountId: number; sessionId: number }>,
): Promise<Map<number, ClientActor>> {
  if (sessions.length === 0) return new Map();
  const accountIds = sessions.map(({ accountId }) => accountId);
  const sessionIds = sessions.map(({ sessionId }) => sessionId);
  const { rows } = await sql<Bearer>`
    select ${bearerColumns}
    from unnest(${accountIds}::bigint[], ${sessionIds}::bigint[]) as asked (account_id, session_id)
    join client_sessions using (account_id, session_id)
    ${joins}
    where ${isSessionLive}
  `.execute(db);
  return new Map(rows.map((row) => [row.session_id, toActor(row)]));
}

const keys = sql.raw(`
  left join tokens on tokens.token_id = client_sessions.token_id
  left join sso_keys on sso_keys.kid = client_sessions.kid
`);

/** For a query over client_sessions joined with the tokens and SSO keys that opened them. */
export const isSessionLive = sql<boolean>`
  client_sessions.expires_at > now()
  and (
    (sso_keys.kid is not null and sso_keys.disabled_at is null)
    or (
      tokens.token_id is not null
      and tokens.disabled_at is null
      and (tokens.expires_at is null or tokens.expires_at > now())
    )
  )
`;

interface Bearer {
  account_id: number;
  account_name: string;
  session_id: number;
  secret_hash: Buffer;
  user_id: string;
  user_name: string;
}

const bearerColumns = sql.raw(`
  client_sessions.account_id, accounts.name as account_name, session_id, secret_hash,
  contacts.user_id, contacts.name as user_name
`);

const joins = sql`
  join contacts using (account_id, user_id)
  join accounts using (account_id)
  ${keys}
`;

const bearerByHash = batched<{ accountId: number; hash: Buffer }, Bearer | undefined>(async (db, asked) => {
  const [accounts, hashes] = [asked.map(({ accountId }) => accountId), asked.map(({ hash }) => hash)];
  const { rows } = await sql<Bearer>`
    select ${bearerColumns}
    from unnest(${genericArray(accounts, 'bigint')}, ${genericArray(hashes, 'bytea')})
      as asked (account_id, secret_hash)
    join client_sessions using (account_id, secret_hash)
    ${joins}
    where ${isSessionLive}
  `.execute(db);
  const byHash = new Map(rows.map((row) => [row.secret_hash.toString('latin1'), row]));
  return asked.map(({ hash }) => byHash.get(hash.toString('latin1')));
});

const toActor = (bearer: Bearer): ClientActor => ({
  kind: 'client',
  accountId: bearer.account_id,
  accountName: bearer.account_name,
  tokenId: null,
  sessionId: bearer.session_id,
  userId: bearer.user_id,
  userName: bearer.user_name,
  marksRead: true,
});
