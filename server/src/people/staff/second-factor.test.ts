import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { URI } from 'otpauth';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import {
  browser,
  codeOf,
  cookieOf,
  type Member,
  newMember,
  PASSWORD,
  signIn,
  withSecondFactor,
} from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const admin = await instance.staff('admin');

const enrol = (headers: Record<string, string>) =>
  instance.anonymous.post('/staff/me/totp', undefined, headers);
const confirm = (headers: Record<string, string>, code: string) =>
  instance.anonymous.post('/staff/me/totp/confirm', { code }, headers);
const turnOff = (headers: Record<string, string>, password?: string) =>
  instance.anonymous.send({ method: 'DELETE', url: '/staff/me/totp', headers, payload: { password } });
const isOn = async (headers: Record<string, string>) =>
  (await done(instance.anonymous.get('/staff/me', headers))).body.has_second_factor;

/** A member with a second factor. */
async function guarded() {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  return { member, headers, ...(await withSecondFactor(instance, headers)) };
}

const enter = ({ email }: Member, code: string, at = instance) => signIn(at, { email, code });

test('a secret takes effect once a code confirms it, and is shown as text and for a QR code', async () => {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  const { secret, uri } = (await done(enrol(headers))).body;
  assert.match(secret, /^[A-Z2-7]{32}$/);
  const read = URI.parse(uri);
  assert.deepEqual([read.issuer, read.label, read.secret.base32], ['Paneldesk', member.email, secret]);
  assert.equal(await isOn(headers), false);
  await done(signIn(instance, member));
  await storingNothing(instance, async () => {
    assertProblem(await confirm(headers, codeOf(secret, 5)), 400, 'wrong_code');
    assertProblem(await confirm(headers, '12345'), 400, 'invalid_request');
  });
  const { recovery_codes } = (await done(confirm(headers, codeOf(secret)))).body;
  assert.equal(new Set(recovery_codes).size, 10);
  for (const code of recovery_codes) assert.match(code, /^([0-9a-f]{5}-){3}[0-9a-f]{5}$/);
  assert.ok(await isOn(headers));
  assertProblem(await signIn(instance, member), 401, 'second_factor_required');
  assertProblem(await enrol(headers), 409, 'second_factor_on');
  assertProblem(await confirm(headers, codeOf(secret, 1)), 409, 'second_factor_not_begun');
});

test('a second secret replaces one that was not confirmed', async () => {
  const headers = await browser(instance, await newMember(instance, admin));
  const first = (await done(enrol(headers))).body.secret;
  const second = (await done(enrol(headers))).body.secret;
  assertProblem(await confirm(headers, codeOf(first)), 400, 'wrong_code');
  await done(confirm(headers, codeOf(second)));
});

test('a code works once, including the one that turned the second factor on', async () => {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  const { secret } = (await done(enrol(headers))).body;
  const code = codeOf(secret);
  await done(confirm(headers, code));
  assertProblem(await enter(member, code), 401, 'wrong_credentials');
  const next = codeOf(secret, 1);
  await done(enter(member, next));
  assertProblem(await enter(member, next), 401, 'wrong_credentials');
  assertProblem(await enter(member, code), 401, 'wrong_credentials');
});

test('a code is accepted with the spaces and dashes that people type', async () => {
  const wide = (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const spellings = [
    (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
    (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`,
    (code: string) => ` ${code.slice(0, 3)}\u00a0${code.slice(3)}\u200b\n`,
    (code: string) => `${code.slice(0, 3)}\u2009${code.slice(3)}`,
    wide,
  ];
  for (const typed of spellings) {
    const member = await newMember(instance, admin);
    const headers = await browser(instance, member);
    const { secret } = (await done(enrol(headers))).body;
    await done(confirm(headers, typed(codeOf(secret))));
    await done(enter(member, typed(codeOf(secret, 1))));
  }
});

test('codes of the previous, current and next period are accepted, and no others', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() }); // no period ends during the test
  for (const [periods, status] of [
    [-2, 401],
    [-1, 401], // used when the second factor was turned on
    [2, 401],
    [3, 401],
    [0, 200],
    [1, 200],
  ] as const) {
    const { member, secret } = await guarded();
    assert.equal((await enter(member, codeOf(secret, periods))).status, status, `${periods} periods away`);
  }
});

test('of 5 uses of the same code at once on two processes, exactly one succeeds', async () => {
  const { member, secret } = await guarded();
  const code = codeOf(secret);
  const responses = await Promise.all(
    Array.from({ length: 5 }, (_, i) => enter(member, code, i % 2 ? instance : otherProcess)),
  );
  const statuses = responses.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 401, 401, 401, 401]);
});

test('a recovery code works once, however it is typed, also with 5 concurrent uses', async () => {
  const { member, recoveryCodes } = await guarded();
  const [first = '', second = '', third = ''] = recoveryCodes;
  await done(enter(member, first));
  assertProblem(await enter(member, first), 401, 'wrong_credentials');
  await done(enter(member, second.toUpperCase().replaceAll('-', ' ')));
  const responses = await Promise.all(
    Array.from({ length: 5 }, (_, i) => enter(member, third, i % 2 ? instance : otherProcess)),
  );
  assert.equal(responses.filter(({ status }) => status === 200).length, 1);
  const [row] = await instance.query<{ left: number }>(
    'select cardinality(recovery_hashes) as left from credentials where staff_id = $1',
    [member.staffId],
  );
  assert.equal(row?.left, 7);
  const [event] = await instance.query<{ data: Record<string, unknown> }>(
    "select data from events where type = 'session.opened' order by id desc limit 1",
  );
  assert.equal(event?.data.second_factor, 'recovery_code');
});

test('guessing a code counts like guessing a password', async () => {
  const { member, secret } = await guarded();
  for (let i = 0; i < 5; i++) assertProblem(await enter(member, codeOf(secret, 10 + i)), 401);
  assertProblem(await enter(member, codeOf(secret)), 429);
});

test('a request without a code is no guess and causes no lockout', async () => {
  const { member, secret } = await guarded();
  for (let i = 0; i < 8; i++) assertProblem(await signIn(instance, member), 401, 'second_factor_required');
  await done(enter(member, codeOf(secret)));
});

test('the second factor is turned off with the password, and guessing that is counted', async () => {
  const { member, headers } = await guarded();
  assertProblem(await turnOff(headers, 'four quiet herons'), 401, 'wrong_credentials');
  assert.ok(await isOn(headers));
  const { body } = await done(turnOff(headers, PASSWORD));
  assert.equal(body.has_second_factor, false);
  await done(signIn(instance, member));
  const [stored] = await instance.query(
    'select totp_secret, totp_pending, recovery_hashes from credentials where staff_id = $1',
    [member.staffId],
  );
  assert.deepEqual(stored, { totp_secret: null, totp_pending: null, recovery_hashes: [] });
  for (let i = 0; i < 5; i++) assertProblem(await turnOff(headers, 'four quiet herons'), 401);
  assertProblem(await turnOff(headers, PASSWORD), 429);
});

test('changing the second factor needs the password, or a session that has just begun', async () => {
  const member = await newMember(instance, admin);
  const headers = await browser(instance, member);
  const age = () =>
    instance.query(
      "update staff_sessions set created_at = now() - interval '11 minutes' where staff_id = $1",
      [member.staffId],
    );
  const key = (await done(instance.anonymous.post('/staff/me/tokens', { name: 'script' }, headers))).body;
  const prove = (password: string) => instance.anonymous.post('/staff/me/totp', { password }, headers);
  await done(enrol(headers));
  await age();
  await storingNothing(instance, async () => {
    assertProblem(await enrol(headers), 403, 'fresh_sign_in_required');
    assertProblem(await enrol({ 'x-token': key.token }), 403, 'fresh_sign_in_required');
    assertProblem(await turnOff(headers), 403, 'fresh_sign_in_required');
  });
  assertProblem(await prove('four quiet herons'), 401, 'wrong_credentials');
  const { secret } = (await done(prove(PASSWORD))).body;
  await done(confirm(headers, codeOf(secret)));
  assertProblem(await turnOff(headers), 403, 'fresh_sign_in_required');
  const fresh = { ...headers, cookie: cookieOf(await done(enter(member, codeOf(secret, 1)))) };
  assert.equal((await done(turnOff(fresh))).body.has_second_factor, false);
});

test('an admin turns off the second factor of a member, who then signs in with the password alone', async () => {
  const { member } = await guarded();
  const { body } = await done(admin.post(`/staff/members/${member.staffId}/reset-second-factor`));
  assert.deepEqual([body.staff_id, body.has_second_factor], [member.staffId, false]);
  await done(signIn(instance, member));
});

test('turning it on and off is in the audit, and no secret is there, in the log, or stored in plain text', async () => {
  const { headers, secret, recoveryCodes, member } = await guarded();
  await done(turnOff(headers, PASSWORD));
  await withSecondFactor(instance, headers);
  const types = await instance.query<{ type: string }>(
    "select type from events where staff_id = $1 and type like 'second_factor.%' order by id",
    [member.staffId],
  );
  assert.deepEqual(
    types.map(({ type }) => type),
    ['second_factor.enabled', 'second_factor.disabled', 'second_factor.enabled'],
  );
  const events = await instance.query('select data from events');
  const credentials = await instance.query<{ row: string }>(
    'select credentials::text as row from credentials',
  );
  for (const code of recoveryCodes) {
    assert.ok(!JSON.stringify([events, credentials, instance.log]).includes(code));
  }
  assert.ok(!JSON.stringify([events, instance.log]).includes(secret));
});
