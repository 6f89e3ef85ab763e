import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem, storingNothing } from '#test/refusals.ts';
import { browser, newMember, PASSWORD, signIn } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');
const NEXT = 'another quiet heron';

type Headers = Record<string, string>;
const change = (headers: Headers, password: string, new_password = NEXT) =>
  instance.anonymous.send({
    method: 'PUT',
    url: '/staff/me/password',
    headers,
    payload: { password, new_password },
  });
const whoIs = (headers: Headers) => instance.anonymous.get('/staff/me', headers);

test('changing the password ends the old one and all other sessions, and records an event', async () => {
  const member = await newMember(instance, admin);
  const [here, elsewhere] = [await browser(instance, member), await browser(instance, member)];
  const { body } = await done(change(here, PASSWORD));
  assert.deepEqual([body.staff_id, body.has_password], [member.staffId, true]);
  await done(whoIs(here));
  assertProblem(await whoIs(elsewhere), 401, 'unauthorized');
  assertProblem(await signIn(instance, member), 401, 'wrong_credentials');
  await done(signIn(instance, { ...member, password: NEXT }));
  const events = await instance.query(
    "select staff_id, data from events where type = 'staff.password_changed' and staff_id = $1",
    [member.staffId],
  );
  assert.deepEqual(events, [{ staff_id: member.staffId, data: { staff_id: member.staffId } }]);
});

test('after changing their password a member is still known in that browser, and in no other', async () => {
  const member = await newMember(instance, admin);
  const [here, elsewhere] = [await signIn(instance, member), await signIn(instance, member)];
  const cookies = ({ headers }: Response) =>
    [headers['set-cookie']]
      .flat()
      .map((cookie) => String(cookie).split(';')[0])
      .join('; ');
  const from = (response: Response) => ({ cookie: cookies(response), 'sec-fetch-site': 'same-origin' });
  await done(change(from(here), PASSWORD));
  for (let i = 0; i < 5; i++) await signIn(instance, member); // with the old password, from anywhere
  const again = { ...member, password: NEXT };
  assertProblem(await signIn(instance, again, { headers: from(elsewhere) }), 429);
  await done(signIn(instance, again, { headers: from(here) }));
});

test('without the current password nothing changes, and guessing it is counted', async () => {
  const member = await newMember(instance, admin);
  const here = await browser(instance, member);
  for (let i = 0; i < 5; i++) {
    assertProblem(await change(here, 'four quiet herons'), 401, 'wrong_credentials');
  }
  assertProblem(await change(here, PASSWORD), 429);
  await instance.query('delete from sign_in_attempts');
  await done(signIn(instance, member));
});

test('a new password that is not allowed is refused', async () => {
  const member = await newMember(instance, admin);
  const here = await browser(instance, member);
  await storingNothing(instance, async () => {
    assertProblem(await change(here, PASSWORD, 'eleven char'), 400, 'invalid_request');
    assertProblem(await change(here, PASSWORD, 'e\u0301'.repeat(6)), 400, 'invalid_password');
    const marks = await change(here, PASSWORD, `correct horse${'\u0315\u0300'.repeat(16)}`);
    assertProblem(marks, 400, 'invalid_password');
    assert.match(marks.body.detail, /30 combining marks in a row/);
    for (const common of ['password1234', member.email]) {
      assertProblem(await change(here, PASSWORD, common), 400, 'common_password');
    }
  });
});

test('of two concurrent changes with the same old password, one fails', async () => {
  const member = await newMember(instance, admin);
  const [one, two] = [await browser(instance, member), await browser(instance, member)];
  const responses = await Promise.all([
    change(one, PASSWORD, 'the first quiet heron'),
    change(two, PASSWORD, 'the second quiet heron'),
  ]);
  assert.deepEqual(responses.map(({ status }) => status).toSorted(), [200, 401]);
});
