/** Sessions of contacts: fifteen minutes at a time, as long as the key that opened them works. */
import type { Actor, ClientActor } from '#actor.ts';
import { ssoRefused, tooMany, unauthorized } from '#errors.ts';
import { indexContact } from '#people/accounts/account-search.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { hashOf, newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import { addressOf } from '#platform/text/address.ts';
import { isSessionLive } from './bearer.ts';
import type { AccountSession, ClientSession, OpenedClientSession, SsoContact } from './schema.ts';

const MAX_SESSIONS = 500; // per account
const renewedUntil = sql.raw("now() + interval '15 minutes'");
const endsAt = sql.raw("client_sessions.created_at + interval '12 hours'");

/** What opened a session: a service token, or an SSO key. */
type SsoKeyId = { token_id: number; kid?: undefined } | { kid: string; token_id?: undefined };

/** Serialises writes that are counted per account. Must be taken before every other lock. */
export async function lockAccount(tx: Tx, accountId: number) {
  await sql`select from account_state where account_id = ${accountId} for update`.execute(tx);
}

/** Prevents the key from being disabled until the commit. Refuses a key that is already disabled. */
export async function lockKey(tx: Tx, { token_id, kid }: SsoKeyId) {
  const { rows } = await (kid === undefined
    ? sql`
        select from tokens
        where token_id = ${token_id} and disabled_at is null and (expires_at is null or expires_at > now())
        for share
      `
    : sql`select from sso_keys where kid = ${kid} and disabled_at is null for share`
  ).execute(tx);
  if (rows.length === 0) throw ssoRefused();
}

/**
 * Opens a session for this person and creates the contact if necessary. The caller has locked the account and the key.
 */
export async function openClientSession(
  tx: Tx,
  accountId: number,
  person: SsoContact,
  by: SsoKeyId,
): Promise<OpenedClientSession> {
  await saveContact(tx, accountId, person);
  const token = `pds_${accountId}_${newSecret()}`;
  const { rows } = await sql<{ session_id: number }>`
    insert into client_sessions (account_id, user_id, secret_hash, token_id, kid, expires_at)
    select
      ${accountId}, ${person.user.id}, ${hashOf(token)}, ${by.token_id ?? null}, ${by.kid ?? null},
      ${renewedUntil}
    where (
      select count(*)
      from client_sessions
      where account_id = ${accountId} and expires_at > now()
    ) < ${MAX_SESSIONS}
    returning session_id
  `.execute(tx);
  const [opened] = rows;
  if (!opened)
    throw tooMany(
      `At most ${MAX_SESSIONS} client sessions of an account may be open. Try again later.`,
      60,
      {},
    );
  const session = await describe(tx, accountId, opened.session_id);
  const actor = actorOf(accountId, opened.session_id, session);
  await record(tx, actor, 'client_session.opened', { account_id: accountId, data: { ...opened, ...by } });
  return { token, ...session };
}

/** Fifteen minutes from now, but at most twelve hours after the single sign-on. */
export async function renewClientSession(tx: Tx, actor: ClientActor): Promise<ClientSession> {
  const { accountId, sessionId, userId } = await lockSession(tx, actor);
  await sql`
    update client_sessions
    set expires_at = least(${renewedUntil}, ${endsAt})
    where account_id = ${accountId} and session_id = ${sessionId}
  `.execute(tx);
  await sql`
    update contacts
    set last_seen_at = now()
    where account_id = ${accountId} and user_id = ${userId}
  `.execute(tx);
  await record(tx, actor, 'client_session.renewed', {
    account_id: accountId,
    data: { session_id: sessionId },
  });
  return describe(tx, accountId, sessionId);
}

export async function endClientSession(tx: Tx, actor: ClientActor): Promise<ClientSession> {
  const { accountId, sessionId } = await lockSession(tx, actor);
  const session = await describe(tx, accountId, sessionId);
  await sql`
    delete from client_sessions
    where account_id = ${accountId} and session_id = ${sessionId}
  `.execute(tx);
  await record(tx, actor, 'client_session.ended', { account_id: accountId, data: { session_id: sessionId } });
  return session;
}

/** Ends the sessions that a key has opened and revokes its unused links. Returns the number of sessions. */
export async function endSessionsBy(tx: Tx, { token_id, kid }: SsoKeyId): Promise<number> {
  await sql`delete from sign_in_links where token_id = ${token_id ?? null}`.execute(tx);
  const { rowCount } = await sql`
    delete from client_sessions
    where token_id = ${token_id ?? null} or kid = ${kid ?? null}
  `.execute(tx);
  return rowCount;
}

/** Ends all sessions of an account, for instance after its password in the panel has changed. */
export async function endSessionsOf(tx: Tx, actor: Actor, accountId: number) {
  await sql`delete from sign_in_links where account_id = ${accountId}`.execute(tx);
  const { rows } = await sql<{ session_id: number }>`
    delete from client_sessions
    where account_id = ${accountId}
    returning session_id
  `.execute(tx);
  const session_ids = rows.map(({ session_id }) => session_id);
  await record(tx, actor, 'client_session.ended', { account_id: accountId, data: { session_ids } });
  return { ended: session_ids.length };
}

/** The open sessions of the account, the latest first. */
export async function listAccountSessions(db: Db, accountId: number): Promise<AccountSession[]> {
  const { rows } = await sql<AccountSession>`
    select session_id, client_sessions.token_id, client_sessions.kid, client_sessions.expires_at,
      client_sessions.created_at,
      jsonb_build_object('id', contacts.user_id, 'name', contacts.name, 'email', contacts.email) as user
    from client_sessions
    join contacts using (account_id, user_id)
    left join tokens on tokens.token_id = client_sessions.token_id
    left join sso_keys on sso_keys.kid = client_sessions.kid
    where client_sessions.account_id = ${accountId} and ${isSessionLive}
    order by session_id desc
  `.execute(db);
  return rows;
}

export async function sweepClientSessions(db: Db) {
  await sql`delete from client_sessions where expires_at <= now()`.execute(db);
}

async function saveContact(
  tx: Tx,
  accountId: number,
  { user, locale = null }: { user: SsoContact['user']; locale?: string | null },
) {
  const email = user.email ? addressOf(user.email) : null;
  await sql`
    insert into contacts (account_id, user_id, name, email, locale, projects)
    values (
      ${accountId}, ${user.id}, ${user.name}, ${email}, ${locale}, ${[...new Set(user.projects)].sort()}
    )
    on conflict (account_id, user_id) do update
    set name = excluded.name, email = excluded.email, locale = excluded.locale,
        projects = excluded.projects, last_seen_at = now()
  `.execute(tx);
  await indexContact(tx, accountId, { ...user, email });
}

async function describe(db: Db, accountId: number, sessionId: number): Promise<ClientSession> {
  const result = await sql<ClientSession>`
    select client_sessions.expires_at, ${endsAt} as renewable_until,
      jsonb_build_object('external_id', accounts.external_id, 'name', accounts.name) as account,
      jsonb_build_object(
        'id', contacts.user_id, 'name', contacts.name, 'email', contacts.email,
        'projects', contacts.projects, 'locale', coalesce(contacts.locale, accounts.locale)
      ) as user
    from client_sessions
    join contacts using (account_id, user_id)
    join accounts using (account_id)
    where client_sessions.account_id = ${accountId} and session_id = ${sessionId}
  `.execute(db);
  return oneRow(result);
}

const actorOf = (accountId: number, sessionId: number, { account, user }: ClientSession): ClientActor => ({
  kind: 'client',
  accountId,
  accountName: account.name,
  tokenId: null,
  sessionId,
  userId: user.id,
  userName: user.name,
  marksRead: true,
});

/** The actor's session, locked until the commit. Throws a 401 when it has ended since the request began. */
async function lockSession(tx: Tx, { accountId, sessionId = 0 }: ClientActor) {
  const { rows } = await sql<{ user_id: string }>`
    select user_id
    from client_sessions
    where account_id = ${accountId} and session_id = ${sessionId} and expires_at > now()
    for update
  `.execute(tx);
  if (!rows[0]) throw unauthorized();
  return { accountId, sessionId, userId: rows[0].user_id };
}
