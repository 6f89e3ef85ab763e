/** Single sign-on from a host's panel: by a one-time link, or by a token that the host has signed. */
import { type ServiceActor, system } from '#actor.ts';
import { ApiError, ssoRefused } from '#errors.ts';
import { findAccountByExternalId } from '#people/accounts/accounts.ts';
import type { Db, Tx } from '#platform/db/database.ts';
import { oneRow } from '#platform/db/one-row.ts';
import { record } from '#platform/events/events.ts';
import { hashOf, newSecret } from '#platform/secrets.ts';
import { sql } from '#platform/sql.ts';
import { lockAccount, lockKey, openClientSession } from './client-sessions.ts';
import type { OpenedClientSession, SsoContact } from './schema.ts';
import { SKEW_SECONDS, type VerifiedToken } from './signed.ts';

const LINK_SECONDS = 60;

/**
 * A code that opens a session for this person, once and within a minute. It contains the account id, so that one shard
 * is queried.
 */
export async function createSignInLink(tx: Tx, actor: ServiceActor, accountId: number, person: SsoContact) {
  const code = `${accountId}.${newSecret()}`;
  const result = await sql<{ expires_at: string }>`
    insert into sign_in_links (account_id, code_hash, token_id, contact, expires_at)
    values (
      ${accountId}, ${hashOf(code)}, ${actor.tokenId}, ${JSON.stringify(person)},
      now() + make_interval(secs => ${LINK_SECONDS})
    )
    returning expires_at
  `.execute(tx);
  await record(tx, actor, 'sign_in_link.created', {
    account_id: accountId,
    data: { user_id: person.user.id },
  });
  return { code, expires_at: oneRow(result).expires_at };
}

/** Exchanges the code of a link for a session. Of two concurrent requests with the same code, one succeeds. */
export async function exchangeCode(tx: Tx, code: string): Promise<OpenedClientSession> {
  const [, account = ''] = /^([1-9]\d{0,14})\.[\w-]{43}$/.exec(code) ?? [];
  const offer = { accountId: Number(account), hash: hashOf(code) };
  const tokenId = await findLink(tx, offer);
  if (tokenId === undefined) throw ssoRefused();
  await lockAccount(tx, offer.accountId);
  await lockKey(tx, { token_id: tokenId });
  const { rows } = await sql<{ contact: SsoContact }>`
    delete from sign_in_links
    where account_id = ${offer.accountId} and code_hash = ${offer.hash} and expires_at > now()
    returning contact
  `.execute(tx);
  if (!rows[0]) throw ssoRefused();
  return openClientSession(tx, offer.accountId, rows[0].contact, { token_id: tokenId });
}

/** Exchanges a signed token for a session, once per jti: a concurrent duplicate waits here and finds it used. */
export async function exchangeSignedToken(
  tx: Tx,
  { kid, claims }: VerifiedToken,
): Promise<OpenedClientSession> {
  const { sub, jti, exp, user, locale } = claims;
  const { account_id } = await findAccountOf(tx, sub);
  await lockAccount(tx, account_id);
  await lockKey(tx, { kid });
  const { rowCount } = await sql`
    insert into used_sso_tokens (kid, jti, expires_at)
    values (${kid}, ${jti}, to_timestamp(${exp + SKEW_SECONDS}))
    on conflict (kid, jti) do nothing
  `.execute(tx);
  if (rowCount === 0) throw ssoRefused();
  const { id, name, email, projects } = user;
  return openClientSession(tx, account_id, { user: { id, name, email, projects }, locale }, { kid });
}

/** Deletes unused links and the records of tokens that have expired, allowing for processes whose clock is late. */
export async function sweepSsoTokens(db: Db) {
  await sql`delete from sign_in_links where expires_at <= now()`.execute(db);
  await sql`delete from used_sso_tokens where expires_at <= now() - interval '1 hour'`.execute(db);
}

async function findLink(tx: Tx, { accountId, hash }: { accountId: number; hash: Buffer }) {
  const { rows } = await sql<{ token_id: number }>`
    select token_id
    from sign_in_links
    where account_id = ${accountId} and code_hash = ${hash} and expires_at > now()
  `.execute(tx);
  return rows[0]?.token_id;
}

/** Outsiders must not learn which accounts exist. */
const findAccountOf = (db: Db, externalId: string) =>
  findAccountByExternalId(db, system, externalId).catch((error) => {
    throw error instanceof ApiError ? ssoRefused() : error;
  });
