import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { browser, invited, newMember, PASSWORD, signIn, withSecondFactor } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');

const accept = (secret: string, password = PASSWORD) =>
  instance.anonymous.post('/staff/session/accept', { secret, password });
const reset = async (staffId: number) =>
  (await done(admin.post(`/staff/members/${staffId}/reset`))).body.invitation.secret as string;

test('an invited member chooses a password and signs in with it', async () => {
  const { secret, email, staffId } = await invited(admin, 'admin');
  const { body } = await done(accept(secret));
  assert.deepEqual(body, { email });
  const headers = await browser(instance, { email, staffId });
  assert.equal((await done(instance.anonymous.get('/staff/me', headers))).body.role, 'admin');
  const [event] = await instance.query(
    `select type, actor_kind, staff_id, data from events where type = 'staff.accepted' and staff_id = $1`,
    [staffId],
  );
  assert.deepEqual(event, {
    type: 'staff.accepted',
    actor_kind: 'staff',
    staff_id: staffId,
    data: { staff_id: staffId },
  });
});

test('an invitation has 256 random bits, is shown once, and is stored as a hash', async () => {
  const email = 'shown@host.example';
  const key = { 'idempotency-key': 'invite-shown' };
  const body = { email, name: 'Shown', role: 'agent' };
  const { invitation } = (await done(admin.post('/staff/members', body, key))).body;
  assert.match(invitation.secret, /^[\w-]{43}$/);
  const days = (Date.parse(invitation.expires_at) - Date.now()) / 86_400_000;
  assert.ok(days > 6.99 && days < 7.01, `${days}`);
  assertProblem(await admin.post('/staff/members', body, key), 409, 'secret_shown_once');
  for (const table of ['invitations', 'events', 'idempotency_keys', 'staff']) {
    const rows = await instance.query<{ row: string }>(`select ${table}::text as row from ${table}`);
    assert.ok(!JSON.stringify(rows).includes(invitation.secret), table);
  }
  assert.ok(!JSON.stringify(instance.log).includes(invitation.secret));
  const hash = createHash('sha256').update(invitation.secret).digest();
  for (const secret of [hash.toString('hex'), hash.toString('base64url'), 'null', ' ', 'A'.repeat(43)]) {
    assertProblem(await accept(secret), 401, 'wrong_invitation');
  }
});

test('of 40 uses of an invitation at once on two processes, exactly one sets the password', async () => {
  const otherProcess = await instance.otherProcess();
  const { secret, email } = await invited(admin);
  const responses = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      const password = `a password of number ${i}`;
      const { anonymous } = i % 2 ? instance : otherProcess;
      const { status } = await anonymous.post('/staff/session/accept', { secret, password });
      return { status, password };
    }),
  );
  const winners = responses.filter(({ status }) => status === 200);
  assert.equal(winners.length, 1);
  assert.ok(responses.every(({ status }) => status === 200 || status === 401));
  await done(signIn(instance, { email, password: winners[0]?.password }));
});

test('an invitation that is used, replaced, expired or of a disabled member gets the same response', async () => {
  const [used, replaced, expired, disabled] = [
    await invited(admin),
    await invited(admin),
    await invited(admin),
    await invited(admin),
  ];
  await done(accept(used.secret));
  await reset(replaced.staffId);
  await instance.query('update invitations set expires_at = now() where staff_id = $1', [expired.staffId]);
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: false }));
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: true }));
  await storingNothing(instance, async () => {
    for (const { secret } of [used, replaced, expired, disabled]) {
      assertProblem(await accept(secret), 401, 'wrong_invitation');
    }
  });
  await createTasks(instance)['people.sweep']?.({}, {} as never); // this job does not use its helpers
  assert.deepEqual(
    await instance.query('select from invitations where staff_id = $1', [expired.staffId]),
    [],
  );
});

test('a reset ends the old password and all sessions, and its secret sets a new password', async () => {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  const secret = await reset(member.staffId);
  assertProblem(await instance.anonymous.get('/staff/me', headers), 401, 'unauthorized');
  assertProblem(await signIn(instance, member), 401, 'wrong_credentials');
  await done(accept(secret, 'another quiet heron'));
  assertProblem(await signIn(instance, member), 401, 'wrong_credentials');
  await done(signIn(instance, { ...member, password: 'another quiet heron' }));
});

test('a reset also ends a lockout after failed attempts, and leaves the second factor on', async () => {
  const member = await newMember(instance, admin);
  await withSecondFactor(instance, await browser(instance, member));
  for (let i = 0; i < 5; i++) await signIn(instance, { ...member, password: 'four quiet herons' });
  assertProblem(await signIn(instance, member), 429);
  await done(accept(await reset(member.staffId)));
  assertProblem(await signIn(instance, member), 401, 'second_factor_required');
});

test('a disabled member cannot be reset', async () => {
  const member = await newMember(instance, admin);
  await done(admin.patch(`/staff/members/${member.staffId}`, { is_enabled: false }));
  await storingNothing(instance, async () => {
    assertProblem(await admin.post(`/staff/members/${member.staffId}/reset`), 409, 'staff_disabled');
    assertProblem(await admin.post('/staff/members/999999/reset'), 404, 'staff_member_not_found');
  });
});

test('a password that is too short, too long or common is refused, and the invitation stays valid', async () => {
  const { secret, email } = await invited(admin);
  await storingNothing(instance, async () => {
    for (const password of ['', 'eleven char', 'x'.repeat(201), '😀'.repeat(11)]) {
      assertProblem(await accept(secret, password), 400, 'invalid_request', password);
    }
    // 12 code points that compose to fewer letters, and one that stands for 18.
    for (const password of ['e\u0301'.repeat(6), '\ufdfa'.repeat(12)]) {
      assertProblem(await accept(secret, password), 400, 'invalid_password', password);
    }
    const common = [
      'password1234',
      'QwertyUiop12',
      '123456789012',
      'aaaaaaaaaaaaaaaa',
      '１２３４５６７８９０１２',
    ];
    for (const password of [
      ...common,
      email,
      email.toUpperCase(),
      'пароль123456',
      'correct horse battery staple',
    ]) {
      assertProblem(await accept(secret, password), 400, 'common_password', password);
    }
  });
  await done(accept(secret, '😀 😁 😂 🤣 😃 😄 😅'));
});

test('a limited token can neither invite anybody nor change a role', async () => {
  const member = await newMember(instance, admin);
  const limited = await instance.staff('admin');
  await instance.query("update tokens set scopes = '{admin}' where token_id = $1", [limited.tokenId]);
  await storingNothing(instance, async () => {
    const asked = { email: 'friend@host.example', name: 'Friend', role: 'admin' };
    assertProblem(await limited.post('/staff/members', asked), 403, 'forbidden');
    assertProblem(await limited.post(`/staff/members/${member.staffId}/reset`), 403, 'forbidden');
    const weaken = await limited.post(`/staff/members/${member.staffId}/reset-second-factor`);
    assertProblem(weaken, 403, 'forbidden');
    for (const change of [{ role: 'admin' }, { role: 'agent' }, { is_enabled: true }]) {
      assertProblem(await limited.patch(`/staff/members/${member.staffId}`, change), 403, 'forbidden');
    }
  });
  await done(limited.patch(`/staff/members/${member.staffId}`, { name: 'Vera' }));
});
