import assert from 'node:assert/strict';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { newMember, signIn } from '#test/sign-in.ts';
import { done } from '#test/tickets.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';

const instance = await openInstance();
after(() => instance.close());
const admin = await instance.staff('admin');

test('a password is stored as a PHC string of argon2id with its own salt', async () => {
  const [one, two] = [await hashPassword('three quiet herons'), await hashPassword('three quiet herons')];
  for (const stored of [one, two]) {
    assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.ok(await isPassword(stored, 'three quiet herons'));
    assert.equal(await isPassword(stored, 'three quiet heron'), false);
    assert.equal(isOutdated(stored), false);
  }
  assert.notEqual(one, two);
  assert.equal(await isPassword(null, 'three quiet herons'), false);
});

test('a hash made by another program is accepted, and recognised as outdated', async () => {
  // phc-winner-argon2: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 (its test.c)
  const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.ok(await isPassword(stored, 'password'));
  assert.equal(await isPassword(stored, 'Password'), false);
  assert.ok(isOutdated(stored));
});

test('200 concurrent sign-ins do not block the server', async () => {
  const member = await newMember(instance, admin);
  const [ours, idle] = [monitorEventLoopDelay({ resolution: 5 }), startIdle()];
  ours.enable();
  const signing = Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      signIn(instance, { email: `person-${i}@host.example`, password: 'x' }),
    ),
  );
  let served = 0;
  let isOver = false;
  void signing.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await done(admin.get('/staff/me'));
    served++;
  }
  ours.disable();
  const responses = await signing;
  // The machine may be busy with other work: subtract how long an idle thread waits.
  const p99Ms = ours.percentile(99) / 1e6 - (await idle.stop());
  assert.ok(p99Ms < 100, `${p99Ms} ms`);
  assert.ok(served > 20, `${served} others were served meanwhile`);
  const busy = responses.filter(({ status }) => status === 503);
  assert.ok(busy.length > 100, 'two are worked on, forty wait, the others are told to come again');
  for (const response of busy) {
    assertProblem(response, 503, 'busy');
    assert.ok(Number(response.headers['retry-after']) > 0);
  }
  await done(signIn(instance, member));
});

test('a sign-in refused with a 503 uses up no attempt', async () => {
  const member = await newMember(instance, admin);
  const crowd = Array.from({ length: 60 }, (_, i) =>
    signIn(instance, { email: `crowd-${i}@host.example`, password: 'x' }),
  );
  const own = Array.from({ length: 5 }, () => signIn(instance, { ...member, password: 'wrong' }));
  await Promise.all([...crowd, ...own]);
  const [{ used } = { used: -1 }] = await instance.query<{ used: number }>(
    'select count(*) as used from events where data ->> $1 = $2',
    ['email', member.email],
  );
  const refused = (await Promise.all(own)).filter(({ status }) => status === 503).length;
  assert.equal(used, 5 + 1 - refused, 'those that were looked at, and the invitation');
  for (let i = 0; i < refused; i++) {
    assertProblem(await signIn(instance, { ...member, password: 'wrong' }), 401);
  }
  assertProblem(await signIn(instance, { ...member, password: 'wrong' }), 429);
});

/** An idle thread. `stop` returns the 99th percentile of its waits for the processor, in milliseconds. */
function startIdle() {
  const program = `
    const { monitorEventLoopDelay } = require('node:perf_hooks');
    const { parentPort } = require('node:worker_threads');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    parentPort.once('message', () => parentPort.postMessage(delay.percentile(99) / 1e6));
  `;
  const thread = new Worker(program, { eval: true });
  return {
    async stop(): Promise<number> {
      thread.postMessage('stop');
      const [p99Ms] = await once(thread, 'message');
      await thread.terminate();
      return p99Ms;
    },
  };
}
