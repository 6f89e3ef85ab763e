import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { invited, newMember } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');
const agent = await instance.staff('agent');
const acme = await instance.client('acme');

const change = (staffId: number, body: object) => admin.patch(`/staff/members/${staffId}`, body);
const lastEvent = async () =>
  (
    await instance.query<{ type: string; data: object }>(
      'select type, data from events order by id desc limit 1',
    )
  )[0];

test('an invited member is an agent or an admin, with the address in lower case', async () => {
  const asked = { email: 'Olga@Host.example', name: 'Ольга Смирнова', role: 'agent' };
  const { invitation, ...member } = (await done(admin.post('/staff/members', asked))).body;
  assert.ok(invitation.secret);
  assert.deepEqual(member, {
    staff_id: member.staff_id,
    name: 'Ольга Смирнова',
    role: 'agent',
    availability: 'online',
    email: 'olga@host.example',
    has_password: false,
    has_second_factor: false,
    disabled_at: null,
    created_at: member.created_at,
  });
  const [stored] = await instance.query('select email, name, role from staff where staff_id = $1', [
    member.staff_id,
  ]);
  assert.deepEqual(stored, { email: 'olga@host.example', name: 'Ольга Смирнова', role: 'agent' });
});

test('agents see the name, role and state of team members; admins and the member see the rest', async () => {
  const member = await newMember(instance, admin);
  const seenBy = async (caller: typeof admin) =>
    (await done(caller.get('/staff/members'))).body.items.find(
      ({ staff_id }: { staff_id: number }) => staff_id === member.staffId,
    );
  assert.deepEqual((await seenBy(admin)).email, member.email);
  const seen = await seenBy(agent);
  assert.deepEqual([seen.name, seen.role, seen.disabled_at], ['Vera Smirnova', 'agent', null]);
  assert.deepEqual([seen.email, seen.has_password, seen.has_second_factor], [null, null, null]);
  const me = (await done(agent.get('/staff/me'))).body;
  assert.match(me.email, /@host\.example$/);
  assert.deepEqual([me.has_password, me.has_second_factor, me.role], [false, false, 'agent']);
});

test('a taken address and an invalid member are refused', async () => {
  const legal = { email: 'taken@host.example', name: 'Taken', role: 'agent' };
  await done(admin.post('/staff/members', legal));
  await storingNothing(instance, async () => {
    const again = { ...legal, email: 'TAKEN@host.example' };
    assertProblem(await admin.post('/staff/members', again), 409, 'staff_exists');
    for (const wrong of [
      { role: 'root' },
      { role: null },
      { name: ' ' },
      { name: 'x'.repeat(256) },
      { email: 'nobody' },
      { email: 'a@host.example, b@host.example' },
      { password: 'three quiet herons' },
      { staff_id: 1 },
    ]) {
      assertProblem(await admin.post('/staff/members', { ...legal, email: 'b@host.example', ...wrong }), 400);
    }
  });
});

test('a change is in the audit with the values before and after, and leaves the other fields', async () => {
  const { staffId } = await invited(admin);
  const { body } = await done(change(staffId, { role: 'admin' }));
  assert.deepEqual([body.name, body.role], ['Vera Smirnova', 'admin']);
  assert.deepEqual(await lastEvent(), {
    type: 'staff.changed',
    data: {
      staff_id: staffId,
      before: { name: 'Vera Smirnova', role: 'agent', is_enabled: true },
      after: { role: 'admin' },
    },
  });
  assert.notEqual((await done(change(staffId, { is_enabled: false }))).body.disabled_at, null);
  assert.equal((await done(change(staffId, { is_enabled: true, name: 'Vera' }))).body.disabled_at, null);
  await storingNothing(instance, async () => {
    assertProblem(await change(staffId, {}), 400, 'invalid_request');
    assertProblem(await change(staffId, { email: 'other@host.example' }), 400, 'invalid_request');
    assertProblem(await change(999_999, { name: 'a' }), 404, 'staff_member_not_found');
  });
});

test('a role applies from the next request on', async () => {
  const promoted = await instance.signedIn('agent');
  assertProblem(await promoted.post('/staff/topics', { key: 'a', name: { en: 'a', ru: 'а' } }), 403);
  await done(change(promoted.staffId, { role: 'admin' }));
  await done(promoted.post('/staff/topics', { key: 'a', name: { en: 'a', ru: 'а' } }));
  await done(change(promoted.staffId, { role: 'agent' }));
  assertProblem(await promoted.post('/staff/topics', { key: 'b', name: { en: 'b', ru: 'б' } }), 403);
});

test('only admins can change members', () =>
  storingNothing(instance, async () => {
    for (const caller of [agent, acme]) {
      const asked = { email: 'x@host.example', name: 'X', role: 'admin' };
      assertProblem(await caller.post('/staff/members', asked), 403, 'forbidden');
      assertProblem(await caller.patch('/staff/members/1', { role: 'admin' }), 403, 'forbidden');
      assertProblem(await caller.post('/staff/members/1/reset'), 403, 'forbidden');
      assertProblem(await caller.post('/staff/members/1/reset-second-factor'), 403, 'forbidden');
    }
  }));

test('the last enabled admin cannot be disabled or demoted, also not by two requests at once', async () => {
  const lonely = await openInstance();
  const [first, second] = [await lonely.signedIn('admin'), await lonely.signedIn('admin')];
  const otherProcess = await lonely.otherProcess();
  await done(first.patch(`/staff/members/${second.staffId}`, { is_enabled: false }));
  for (const body of [{ is_enabled: false }, { role: 'agent' }, { role: 'agent', is_enabled: false }]) {
    assertProblem(await first.patch(`/staff/members/${first.staffId}`, body), 409, 'last_admin');
  }
  for (let round = 0; round < 10; round++) {
    await lonely.query("update staff set role = 'admin', disabled_at = null");
    const change = round % 2 ? { role: 'agent' } : { is_enabled: false };
    const responses = await Promise.all([
      first.patch(`/staff/members/${second.staffId}`, change),
      otherProcess.anonymous.patch(`/staff/members/${first.staffId}`, change, second.headers),
    ]);
    const statuses = responses.map(({ status }) => status);
    // The second request finds that its caller is no longer an admin, or that it would remove the last one.
    assert.equal(statuses.filter((status) => status === 200).length, 1, `${statuses}`);
    const [left] = await lonely.query<{ count: number }>(
      "select count(*) from staff where role = 'admin' and disabled_at is null",
    );
    assert.equal(left?.count, 1);
    await lonely.query('delete from staff_sessions');
    await Promise.all([first, second].map((one) => reopen(lonely, one)));
  }
  await lonely.close();
});

/** Restores a session that ended when its member was disabled. */
async function reopen(
  lonely: typeof instance,
  { staffId, headers }: { staffId: number; headers: Record<string, string> },
) {
  const secret = headers.cookie?.split('=')[1] ?? '';
  await lonely.query(
    "insert into staff_sessions (session_hash, staff_id, ip) values (sha256($1), $2, '127.0.0.1')",
    [Buffer.from(secret), staffId],
  );
}
