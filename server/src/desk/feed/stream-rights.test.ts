/** Open streams of people whose rights change: no further event is sent, and the stream ends. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { listen, openReader, type Reader } from '#test/sse.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
const home = await listen(instance);
const [acme, admin] = [await instance.client('acme'), await instance.staff('admin')];
const readers: Reader[] = [];
after(async () => {
  for (const reader of readers) reader.close();
  await instance.close();
});

async function stream(key: string | undefined, headers: Record<string, string> = {}, path = '/staff/events') {
  const reader = await openReader(`${home}${path}`, key, headers);
  assert.equal(reader.status, 200);
  readers.push(reader);
  return reader;
}

const issue = async (limits: object): Promise<{ token: string; token_id: number }> =>
  (await done(admin.post('/staff/tokens', { kind: 'client', name: 'limited', ...limits }))).body;
const staffOf = async ({ tokenId }: Caller): Promise<number> =>
  Number((await instance.query('select staff_id from tokens where token_id = $1', [tokenId]))[0]?.staff_id);
const speak = () => done(acme.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' }));

/** Changes something, then records an event at once: the stream must end without it. */
async function endsBefore(reader: Reader, change: () => Promise<unknown>) {
  const heard = reader.frames.length;
  await change();
  await speak();
  await reader.ended;
  assert.deepEqual(reader.frames.slice(heard), []);
}

test('an admin who becomes an agent gets no more events of admins', async () => {
  const member = await instance.signedIn('admin');
  const reader = await stream(undefined, { cookie: String(member.headers.cookie) });
  await endsBefore(reader, () => admin.patch(`/staff/members/${member.staffId}`, { role: 'agent' }));
  const again = await stream(undefined, { cookie: String(member.headers.cookie) });
  const byKey = await instance.staff('agent');
  const staffId = await staffOf(byKey);
  const second = await stream(byKey.token);
  await endsBefore(second, () => admin.patch(`/staff/members/${staffId}`, { role: 'admin' }));
  assert.equal(again.isEnded, false, 'nothing of this member has changed');
});

test('a stream ends when its token is limited or extended, also in a scope it does not need', async () => {
  const account_id = acme.accountId;
  const changes = [
    [{ scopes: ['tickets:read', 'tickets:write'] }, { scopes: ['tickets:read'] }],
    [{ scopes: ['tickets:read'] }, { scopes: null }],
    [{}, { scopes: ['tickets:read', 'files:read'] }],
    [{}, { allowed_addresses: ['192.0.2.1'] }],
    [{}, { is_enabled: false }],
    [{}, { expires_at: '2020-01-01T00:00:00Z' }],
  ];
  for (const [limits = {}, change = {}] of changes) {
    const key = await issue({ account_id, ...limits });
    const reader = await stream(key.token, {}, '/support/events');
    await endsBefore(reader, async () => {
      // Set in the table: the API refuses a time in the past.
      const [name = '', value] = Object.entries(change)[0] ?? [];
      const column = name === 'is_enabled' ? 'disabled_at' : name;
      const stored = name === 'is_enabled' ? new Date() : value;
      await instance.query(`update tokens set ${column} = $1 where token_id = $2`, [stored, key.token_id]);
    });
  }
});

test('a stream continues when nothing about its rights has changed', async () => {
  const key = await issue({ account_id: acme.accountId });
  const reader = await stream(key.token, {}, '/support/events');
  await done(admin.patch(`/staff/tokens/${key.token_id}`, { name: 'another name' }));
  await speak();
  assert.equal((await reader.until(1))[0]?.event, 'ticket.opened');
  assert.equal(reader.isEnded, false);
});

test('presence is not sent to somebody who is no longer staff', async () => {
  const { number } = (await speak()).body;
  const leaving = await instance.staff('agent');
  const reader = await stream(leaving.token);
  await done(admin.put(`/staff/tickets/${number}/presence`, { state: 'viewing' }));
  await reader.until(1);
  await endsBefore(reader, async () => {
    await done(admin.patch(`/staff/members/${await staffOf(leaving)}`, { is_enabled: false }));
    await done(admin.put(`/staff/tickets/${number}/presence`, { state: 'writing' }));
  });
  assertProblem(await leaving.get('/staff/events'), 401, 'unauthorized');
});
