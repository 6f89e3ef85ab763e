/** Every kind of caller: those with a valid token, and all those without. */
import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from './caller.ts';
import { guestAt } from './guests.ts';
import type { Instance } from './instance.ts';

export interface People {
  /** A client of the account acme. */
  owner: Caller;
  /** Another client of acme, whose token does not mark comments as read. */
  withoutMarks: Caller;
  /** A client of another account. */
  stranger: Caller;
  agent: Caller;
  admin: Caller;
  /** A program of the host. */
  service: Caller;
  /** An agent with a session instead of a token. */
  signedIn: Caller;
  /** A person of a third account, signed in by SSO. */
  guest: Caller;
}

export async function invite(instance: Instance): Promise<People> {
  return {
    owner: await instance.client('acme'),
    withoutMarks: await instance.client('acme', { marks_read: false }),
    stranger: await instance.client('stranger'),
    agent: await instance.staff('agent'),
    admin: await instance.staff('admin'),
    service: await instance.service(),
    signedIn: await instance.signedIn('agent'),
    guest: await guestAt(instance, 'guests'),
  };
}

/** A request without a valid token: its headers and query. */
export interface InvalidRequest {
  headers?: Record<string, string>;
  query?: string;
}

/** Every kind of request without a valid token. */
export async function invalidRequests(instance: Instance): Promise<Record<string, InvalidRequest>> {
  const client = async () => instance.client('acme');
  const [disabled, expired, revoked, live] = [await client(), await client(), await client(), await client()];
  const [elsewhere, service] = [await instance.staff('admin'), await instance.service()];
  const gone = await instance.staff('admin');
  await instance.query('update tokens set disabled_at = now() where token_id = $1', [disabled.tokenId]);
  await instance.query('update tokens set expires_at = now() where token_id = $1', [expired.tokenId]);
  await instance.query('delete from tokens where token_id = $1', [revoked.tokenId]);
  await instance.query("update tokens set allowed_addresses = '{192.0.2.0/24,::1}' where token_id = $1", [
    elsewhere.tokenId,
  ]);
  await instance.query('update tokens set disabled_at = now() where token_id = $1', [service.tokenId]);
  await instance.query(
    'update staff set disabled_at = now() where staff_id = (select staff_id from tokens where token_id = $1)',
    [gone.tokenId],
  );
  const sessions = await lostSessions(instance);
  const ended = await guestAt(instance);
  await instance.query(
    'delete from client_sessions where session_id = (select max(session_id) from client_sessions)',
  );
  const stale = await guestAt(instance);
  await instance.query(
    'update client_sessions set expires_at = now() where session_id = (select max(session_id) from client_sessions)',
  );
  const hash = createHash('sha256').update(live.token).digest();
  const keys = {
    'an unknown key': `pdk_${randomBytes(32).toString('base64url')}`,
    'a disabled key': disabled.token,
    'an expired key': expired.token,
    'a revoked key': revoked.token,
    'the key of a disabled staff member': gone.token,
    'a key for other addresses': elsewhere.token,
    'the disabled key of a service': service.token,
    'a session that has ended': ended.token,
    'a session that is over': stale.token,
    'a session of another account': (await guestAt(instance)).token.replace(/_\d+_/, '_999_'),
    'an empty key': '',
    'a blank key': ' ',
    'the key "null"': 'null',
    'the key "undefined"': 'undefined',
    'a key of 10 kB': 'x'.repeat(10_000),
    'a key with its case changed': `pdk_${swapCase(live.token.slice(4))}`,
    'a key cut short': live.token.slice(0, -1),
    'two keys in one header': `${live.token}, ${live.token}`,
    'the stored hash': `pdk_${hash.toString('base64url')}`,
    'the stored hash in hex': hash.toString('hex'),
  };
  return {
    'no key': {},
    'a key in the query': { query: `x-token=${live.token}&X-Token=${live.token}&token=${live.token}` },
    'a key as a bearer': { headers: { authorization: `Bearer ${live.token}` } },
    'a key as a cookie': { headers: { cookie: `X-Token=${live.token}; token=${live.token}` } },
    ...sessions,
    'a session beside a bad key': { headers: { ...(await instance.signedIn()).headers, 'x-token': 'pdk_x' } },
    ...Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, { headers: { 'x-token': key } }])),
  };
}

/** Cookies of sessions that have ended in every way. */
async function lostSessions(instance: Instance): Promise<Record<string, InvalidRequest>> {
  const [revoked, idle, old, disabled] = [
    await instance.signedIn('admin'),
    await instance.signedIn('admin'),
    await instance.signedIn('admin'),
    await instance.signedIn('admin'),
  ];
  const change = (sql: string, id: number) => instance.query(sql, [id]);
  await change('delete from staff_sessions where session_id = $1', revoked.sessionId);
  const isIdle = "last_used_at = now() - interval '12 hours'";
  await change(`update staff_sessions set ${isIdle} where session_id = $1`, idle.sessionId);
  const isOld = "created_at = now() - interval '7 days'";
  await change(`update staff_sessions set ${isOld} where session_id = $1`, old.sessionId);
  await change('update staff set disabled_at = now() where staff_id = $1', disabled.staffId);
  return {
    'a revoked session': { headers: revoked.headers },
    'a session that was not used': { headers: idle.headers },
    'an old session': { headers: old.headers },
    'the session of a disabled staff member': { headers: disabled.headers },
  };
}

const swapCase = (text: string) =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

/** The staff member who owns the token. */
export async function staffIdOf(instance: Instance, { tokenId }: Caller): Promise<number> {
  const [row] = await instance.query<{ staff_id: number }>(
    'select staff_id from tokens where token_id = $1',
    [tokenId],
  );
  if (!row) throw new Error('No staff member has this key.');
  return row.staff_id;
}
