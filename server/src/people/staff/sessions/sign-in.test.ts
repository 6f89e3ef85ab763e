import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { browser, codeOf, newMember, PASSWORD, signIn, withSecondFactor } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');
const vera = await newMember(instance, admin);

const me = (headers: Record<string, string>) => instance.anonymous.get('/staff/me', headers);

test('without an identity provider there is only the password', async () => {
  assert.deepEqual((await done(instance.anonymous.get('/staff/session/methods'))).body, { oidc: false });
});

test('a member signs in with address and password and gets their own data', async () => {
  const headers = await browser(instance, vera);
  const { body } = await done(me(headers));
  assert.deepEqual([body.staff_id, body.email, body.role], [vera.staffId, vera.email, 'agent']);
  assert.deepEqual([body.has_password, body.has_second_factor], [true, false]);
  await done(instance.anonymous.get('/staff/events', headers));
  assertProblem(await instance.anonymous.get(`/staff/accounts/1/tokens`, headers), 403, 'forbidden');
});

test('addresses are compared without case, and passwords after Unicode normalisation', async () => {
  const zoe = { email: 'Zoë@host.example', name: 'Zoë', role: 'agent' };
  const { email, invitation } = (await done(admin.post('/staff/members', zoe))).body;
  const { secret } = invitation;
  await done(
    instance.anonymous.post('/staff/session/accept', { secret, password: 'cafe\u0301 and ﬁne weather' }),
  );
  assert.equal(email, 'zoë@host.example');
  await done(signIn(instance, { email: 'ZOË@Host.Example', password: 'caf\u00e9 and fine weather' }));
  for (const password of [
    'Caf\u00e9 and fine weather',
    'cafe and fine weather',
    ' caf\u00e9 and fine weather',
  ]) {
    assertProblem(await signIn(instance, { email, password }), 401, 'wrong_credentials');
  }
});

test('an unknown address, a wrong password and a disabled member get the same response', async () => {
  const disabled = await newMember(instance, admin);
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: false }));
  const invitedOnly = (
    await done(admin.post('/staff/members', { email: 'new@host.example', name: 'New', role: 'agent' }))
  ).body;
  const responses = [
    await signIn(instance, { email: 'nobody@host.example' }),
    await signIn(instance, { email: "' or true --", password: "' or true --" }),
    await signIn(instance, { email: vera.email, password: 'four quiet herons' }),
    await signIn(instance, { email: vera.email, password: '$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA' }),
    await signIn(instance, { email: disabled.email }),
    await signIn(instance, { email: invitedOnly.email, password: 'x' }),
  ];
  const plain = ({ status, body, headers }: Response) => {
    const { date, 'x-request-id': _, ...rest } = headers;
    return { status, body: { ...body, request_id: '' }, rest: { ...rest, 'content-length': 0 } };
  };
  for (const response of responses) {
    assertProblem(response, 401, 'wrong_credentials');
    assert.deepEqual(plain(response), plain(responses[0] as Response));
    assert.equal(response.headers['set-cookie'], undefined);
  }
});

test('an unknown address and a disabled member take as long as a wrong password', async () => {
  const disabled = await newMember(instance, admin);
  await done(admin.patch(`/staff/members/${disabled.staffId}`, { is_enabled: false }));
  const taken: Record<string, number[]> = { wrong: [], unknown: [], disabled: [] };
  for (let i = 0; i < 15; i++) {
    for (const [kind, email] of [
      ['wrong', (await memberOf(i)).email],
      ['unknown', `nobody-${i}@host.example`],
      ['disabled', i < 4 ? disabled.email : `gone-${i}@host.example`],
    ] as const) {
      const started = performance.now();
      assertProblem(await signIn(instance, { email, password: 'four quiet herons' }), 401);
      taken[kind]?.push(performance.now() - started);
    }
  }
  // The minimum of many runs is what a quiet machine takes. Without the hash it would be a tenth.
  const least = (kind: string) => Math.min(...(taken[kind] ?? []));
  for (const kind of ['unknown', 'disabled']) {
    const ratio = least(kind) / least('wrong');
    assert.ok(ratio > 0.3 && ratio < 3, `${kind}: ${ratio}`);
  }
});

const members = new Map<number, Promise<{ email: string; staffId: number }>>();
/** Three tries each, so that none has to wait. */
function memberOf(i: number) {
  const of = Math.floor(i / 3);
  const member = members.get(of) ?? newMember(instance, admin);
  members.set(of, member);
  return member;
}

test('with a second factor, the code is asked for only after the right password', async () => {
  const member = await newMember(instance, admin);
  const { secret } = await withSecondFactor(instance, await browser(instance, member));
  const wrong = await signIn(instance, { email: member.email, password: 'four quiet herons' });
  assertProblem(wrong, 401, 'wrong_credentials');
  const half = await signIn(instance, { email: member.email });
  assertProblem(half, 401, 'second_factor_required');
  assert.equal(half.headers['set-cookie'], undefined);
  const wrongCode = codeOf(secret, 20);
  assertProblem(await signIn(instance, { email: member.email, code: wrongCode }), 401, 'wrong_credentials');
  const code = codeOf(secret);
  assertProblem(
    await signIn(instance, { email: member.email, password: 'four quiet herons', code }),
    401,
    'wrong_credentials',
  );
  await done(signIn(instance, { email: member.email, code }));
});

test('a password hash with outdated parameters is renewed at the next sign-in', async () => {
  const member = await newMember(instance, admin);
  const hash = async () =>
    (
      await instance.query<{ password_hash: string }>(
        'select password_hash from credentials where staff_id = $1',
        [member.staffId],
      )
    )[0]?.password_hash ?? '';
  // "three quiet herons" with 64 KiB, one pass and one lane.
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync('argon2id', {
    message: PASSWORD,
    nonce,
    memory: 64,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const old = `$argon2id$v=19$m=64,t=1,p=1$${bare(nonce)}$${bare(tag)}`;
  await instance.query('update credentials set password_hash = $1 where staff_id = $2', [
    old,
    member.staffId,
  ]);
  assertProblem(await signIn(instance, { email: member.email, password: 'four quiet herons' }), 401);
  assert.equal(await hash(), old, 'a wrong password changes nothing');
  await done(signIn(instance, member));
  assert.match(await hash(), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  await done(signIn(instance, member));
});

test('each sign-in opens a new session, and never reuses one', async () => {
  const planted = `paneldesk=${'A'.repeat(43)}`;
  const first = await done(signIn(instance, vera, { headers: { cookie: planted } }));
  const second = await done(signIn(instance, vera));
  const cookies = [first, second].map(({ headers }) => String(headers['set-cookie']).split(';')[0]);
  assert.notEqual(cookies[0], cookies[1]);
  assert.ok(!cookies.includes(planted));
  for (const cookie of cookies) assert.equal((await me({ cookie: String(cookie) })).status, 200);
});

test('success and failure are in the audit, without the password, and with the address only if it is a member’s', async () => {
  const member = await newMember(instance, admin);
  const last = async (count: number) =>
    (
      await instance.query<{ type: string; staff_id: number | null; data: Record<string, unknown> }>(
        'select type, staff_id, data from events order by id desc limit $1',
        [count],
      )
    ).reverse();
  const ip = '192.0.2.7';
  await signIn(instance, { email: member.email, password: 'a secret typo' }, { ip });
  await signIn(instance, { email: 'a secret typed here', password: 'a secret typo' }, { ip });
  await done(signIn(instance, member, { ip }));
  const { staffId, email } = member;
  const [wrong, unknown, right] = await last(3);
  assert.deepEqual(wrong, {
    type: 'session.refused',
    staff_id: null,
    data: { staff_id: staffId, email, ip, wrong: 'password' },
  });
  assert.deepEqual(unknown, { type: 'session.refused', staff_id: null, data: { ip, wrong: 'password' } });
  assert.equal(right?.type, 'session.opened');
  assert.equal(right?.staff_id, staffId);
  assert.deepEqual(
    { ...right?.data, session_id: 0 },
    { session_id: 0, ip, by: 'password', second_factor: 'none' },
  );
});

test('a malformed sign-in is refused and stores nothing', () =>
  storingNothing(instance, async () => {
    const { email } = vera;
    for (const body of [
      {},
      { email },
      { email, password: '' },
      { email, password: 'x'.repeat(201) },
      { email, password: 1 },
      { email: [email], password: 'x' },
      { email: '', password: 'x' },
      { email, password: 'x', code: '1' },
      { email, password: 'x', remember: true },
    ]) {
      assertProblem(await instance.anonymous.post('/staff/session', body), 400, 'invalid_request');
    }
  }));

test('no secret of a person reaches the log', async () => {
  assert.deepEqual(
    instance.log.filter((line) => line.includes('herons') || line.includes('argon2id')),
    [],
  );
});
