import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { invited, newMember, PASSWORD, randomAddress, signIn } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';
import { createTasks } from '#worker.ts';

const instance = await openInstance();
after(() => instance.close());
const otherProcess = await instance.otherProcess();
const admin = await instance.staff('admin');
const WRONG = 'four quiet herons';

const retryAfter = ({ headers }: { headers: Record<string, unknown> }) => Number(headers['retry-after']);
/** Moves the last attempts of everybody this far into the past. */
const later = (interval: string) =>
  instance.query('update sign_in_attempts set last_at = last_at - $1::interval', [interval]);

/** How many attempts were checked: each failed one is in the audit. */
async function lookedAt(work: () => Promise<unknown>): Promise<number> {
  const count = async () =>
    (await instance.query<{ count: number }>("select count(*) from events where type = 'session.refused'"))[0]
      ?.count ?? 0;
  const before = await count();
  await work();
  return (await count()) - before;
}

test('of 100 wrong passwords for one address at once on two processes, exactly 5 are checked', async () => {
  const { email } = await newMember(instance, admin);
  const statuses: number[] = [];
  const count = await lookedAt(async () => {
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        signIn(i % 2 ? instance : otherProcess, { email, password: WRONG }),
      ),
    );
    statuses.push(...responses.map(({ status }) => status));
    for (const response of responses.filter(({ status }) => status === 429)) {
      assertProblem(response, 429, 'too_many_requests');
      assert.ok(retryAfter(response) >= 1 && retryAfter(response) <= 30);
    }
  });
  assert.equal(count, 5);
  assert.deepEqual(
    [401, 429].map((one) => statuses.filter((status) => status === one).length),
    [5, 95],
  );
});

test('of 100 wrong passwords from one network at once, exactly 20 are checked, for whatever addresses', async () => {
  for (const ips of [
    () => '192.0.2.44',
    (i: number) => `2001:db8:1:2:${i.toString(16)}::${i.toString(16)}`,
    (i: number) => (i % 2 ? '192.0.2.45' : '::ffff:192.0.2.45'),
  ]) {
    const count = await lookedAt(() =>
      Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          signIn(
            i % 2 ? instance : otherProcess,
            { email: `nobody-${i}@host.example`, password: WRONG },
            { ip: ips(i) },
          ),
        ),
      ),
    );
    assert.equal(count, 20);
  }
});

test('an unknown address is counted like any other', async () => {
  const spellings = ['Nobody@host.example', 'NOBODY@HOST.EXAMPLE', 'nobody@host.example'];
  const statuses = [];
  for (let i = 0; i < 7; i++) {
    statuses.push((await signIn(instance, { email: spellings[i % 3] ?? '', password: WRONG })).status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
});

test('100 guesses with the address padded in different ways count as 100 for one address', async () => {
  const { email } = await newMember(instance, admin);
  const pads = ['', ' ', '\u3000', '\ufeff', '\u200b', '\u00a0', '\t', '\u2060', '\u00ad', '\u2800'];
  const spellings = pads.flatMap((before) => pads.map((after) => before + email + after));
  const statuses: number[] = [];
  const count = await lookedAt(async () => {
    for (const padded of spellings) {
      statuses.push((await signIn(instance, { email: padded, password: WRONG })).status);
    }
  });
  assert.equal(count, 5);
  assert.deepEqual(statuses, [...Array(5).fill(401), ...Array(95).fill(429)]);
});

test('during a lockout the right password is refused like a wrong one, and afterwards it is accepted', async () => {
  const member = await newMember(instance, admin);
  for (let i = 0; i < 5; i++) await signIn(instance, { ...member, password: WRONG });
  const [right, wrong] = [
    await signIn(instance, member),
    await signIn(instance, { ...member, password: WRONG }),
  ];
  for (const response of [right, wrong]) assertProblem(response, 429, 'too_many_requests');
  assert.ok(Math.abs(retryAfter(right) - retryAfter(wrong)) <= 1);
  await later('30 s');
  await done(signIn(instance, member));
  for (let i = 0; i < 5; i++) assertProblem(await signIn(instance, { ...member, password: WRONG }), 401);
});

test('each further attempt doubles the wait up to 15 minutes, and an hour without attempts resets it', async () => {
  const { email } = await invited(admin);
  const attempt = () => signIn(instance, { email, password: WRONG });
  for (let i = 0; i < 5; i++) assertProblem(await attempt(), 401);
  for (const seconds of [30, 60, 120, 240, 480, 900, 900, 900]) {
    const refused = await attempt();
    assertProblem(refused, 429);
    assert.ok(Math.abs(retryAfter(refused) - seconds) <= 2, `${retryAfter(refused)} of ${seconds}`);
    await later(`${seconds - 5} s`);
    assertProblem(await attempt(), 429);
    await later('5 s');
    assertProblem(await attempt(), 401);
  }
  await later('1 hour 1 second');
  for (let i = 0; i < 5; i++) assertProblem(await attempt(), 401);
  assertProblem(await attempt(), 429);
});

test('setting the clock back locks nobody out', async () => {
  const { email } = await invited(admin);
  for (let i = 0; i < 5; i++) await signIn(instance, { email, password: WRONG });
  await later('-3 days');
  assertProblem(await signIn(instance, { email, password: WRONG }), 401);
});

test('successful sign-ins are never delayed, and do not reset the count of others in the same network', async () => {
  const ip = '192.0.2.60';
  const member = await newMember(instance, admin);
  for (let i = 0; i < 30; i++) await done(signIn(instance, member, { ip }));
  for (let i = 0; i < 20; i++) {
    assertProblem(await signIn(instance, { email: `nobody-${i}@b.example`, password: WRONG }, { ip }), 401);
    if (i < 19) await done(signIn(instance, member, { ip }));
  }
  assertProblem(await signIn(instance, member, { ip }), 429);
  await done(signIn(instance, member, { ip: randomAddress() }));
});

test('a client cannot pretend to come from another address', async () => {
  const ip = '192.0.2.70';
  const count = await lookedAt(async () => {
    for (let i = 0; i < 30; i++) {
      const headers = {
        'x-forwarded-for': randomAddress(),
        'x-real-ip': randomAddress(),
        forwarded: `for=${randomAddress()}`,
      };
      await signIn(instance, { email: `nobody-${i}@c.example`, password: WRONG }, { ip, headers });
    }
  });
  assert.equal(count, 20);
});

test('the address that was typed is stored only as a hash, and deleted after an hour', async () => {
  const typed = `${PASSWORD} typed in the wrong field`;
  await signIn(instance, { email: typed, password: WRONG });
  for (const table of ['sign_in_attempts', 'events', 'staff_sessions']) {
    const rows = await instance.query<{ row: string }>(`select ${table}::text as row from ${table}`);
    assert.ok(!JSON.stringify(rows).includes('herons'), table);
    assert.ok(!JSON.stringify(rows).includes(Buffer.from(typed).toString('hex')), table);
  }
  await later('2 hours');
  await createTasks(instance)['people.sweep']?.({}, {} as never); // this job does not use its helpers
  assert.deepEqual(await instance.query('select from sign_in_attempts'), []);
});

test('guessing at an address does not lock out its owner in a browser they have signed in with', async () => {
  const member = await newMember(instance, admin);
  const cookies = String((await done(signIn(instance, member))).headers['set-cookie']);
  const device = /paneldesk-device=([\w-]{43}); Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax/.exec(
    cookies,
  )?.[1];
  const own = { headers: { cookie: `paneldesk-device=${device}` } };
  for (let i = 0; i < 5; i++) await signIn(instance, { ...member, password: WRONG });
  assertProblem(await signIn(instance, member), 429);
  const again = await done(signIn(otherProcess, member, own));
  assert.doesNotMatch(String(again.headers['set-cookie']), /device/, 'the browser is known already');
  assertProblem(await signIn(instance, member), 429, undefined, 'signing in there ends no wait of others');

  for (let i = 0; i < 5; i++) assertProblem(await signIn(instance, { ...member, password: WRONG }, own), 401);
  assertProblem(await signIn(instance, member, own), 429, undefined, 'its own attempts are counted too');
});

test('guessing from a network locks out nobody there in a browser they have signed in with', async () => {
  const ip = '192.0.2.80';
  const member = await newMember(instance, admin);
  const device = /paneldesk-device=[\w-]{43}/.exec(
    String((await done(signIn(instance, member))).headers['set-cookie']),
  );
  const own = { ip, headers: { cookie: device?.[0] ?? '' } };
  for (let i = 0; i < 20; i++) {
    assertProblem(await signIn(instance, { email: `nobody-${i}@d.example`, password: WRONG }, { ip }), 401);
  }
  assertProblem(await signIn(instance, member, { ip }), 429);
  await done(signIn(instance, member, own));
  for (let i = 0; i < 5; i++) assertProblem(await signIn(instance, { ...member, password: WRONG }, own), 401);
  assertProblem(await signIn(instance, member, own), 429, undefined, 'its own attempts are counted');
});

test('a browser is known for the members who have signed in with it, until their sessions are ended', async () => {
  const [member, other] = [await newMember(instance, admin), await newMember(instance, admin)];
  const cookieOf = async () =>
    /paneldesk-device=[\w-]{43}/.exec(
      String((await done(signIn(instance, member))).headers['set-cookie']),
    )?.[0];
  const own = { headers: { cookie: (await cookieOf()) ?? '' } };
  for (let i = 0; i < 5; i++) await signIn(instance, { ...other, password: WRONG });
  assertProblem(await signIn(instance, other, own), 429);

  const { secret } = (await done(admin.post(`/staff/members/${member.staffId}/reset`))).body.invitation;
  await done(instance.anonymous.post('/staff/session/accept', { secret, password: PASSWORD }));
  for (let i = 0; i < 5; i++) await signIn(instance, { ...member, password: WRONG });
  assertProblem(await signIn(instance, member, own), 429);
  const stored = await instance.query('select from staff_devices where staff_id = $1', [member.staffId]);
  assert.equal(stored.length, 0);
});

test('a browser that was not used for half a year is forgotten', async () => {
  const member = await newMember(instance, admin);
  await done(signIn(instance, member));
  await instance.query(
    "update staff_devices set last_used_at = now() - interval '181 days' where staff_id = $1",
    [member.staffId],
  );
  await createTasks(instance)['people.sweep']?.({}, {} as never); // this job does not use its helpers
  const kept = await instance.query('select from staff_devices where staff_id = $1', [member.staffId]);
  assert.equal(kept.length, 0);
});
