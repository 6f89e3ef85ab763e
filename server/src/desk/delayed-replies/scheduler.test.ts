/** Delayed replies are sent on time by any running process, and by the next one to start when none runs. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { serve } from '#test/paneldesk.ts';
import { done, ticketIn } from '#test/tickets.ts';
import { startSending } from './scheduler.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const anna = await instance.staff();
const DATA_DIR = mkdtempSync(join(tmpdir(), 'paneldesk-clock-'));
after(() => rmSync(DATA_DIR, { recursive: true, force: true }));

const delay = (number: number, body: string, delay_seconds: number) =>
  done(anna.post(`/staff/tickets/${number}/delayed-replies`, { body, delay_seconds }));

/** The sent replies of a ticket, and how late each was. */
const sentOn = (number: number) =>
  instance.query<{ body: string; late_ms: number }>(
    `select comments.body, extract(epoch from sent_at - send_at)::float * 1000 as late_ms
     from comments
     join delayed_replies using (account_id, ticket_number, body)
     where ticket_number = $1
     order by comments.id`,
    [number],
  );

async function lockMany(number: number, count: number, delaySeconds: number) {
  const bodies = Array.from({ length: count }, (_, i) => `Response ${i}`);
  for (const body of bodies) await delay(number, body, delaySeconds);
  return bodies;
}

async function assertSentOnce(number: number, bodies: string[]) {
  const sent = await eventually(async () => {
    const rows = await sentOn(number);
    return rows.length >= bodies.length && rows;
  });
  assert.deepEqual(sent.map(({ body }) => body).sort(), [...bodies].sort());
  return sent;
}

test('a delayed reply is sent within a second of its time, and not before', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const sending = startSending(instance.database, (fault) => assert.fail(String(fault)));
  const sent = await assertSentOnce(number, await lockMany(number, 30, 1));
  await sending.stop();
  const lateMs = sent.map(({ late_ms }) => late_ms).sort((a, b) => a - b);
  assert.ok(Number(lateMs[0]) >= -1, `${lateMs[0]} ms`);
  assert.ok(Number(lateMs[15]) < 1000, `half of them were later than ${lateMs[15]} ms`);
});

test('a stopped scheduler sends nothing more', async () => {
  const { number } = await ticketIn('open', acme, anna);
  await startSending(instance.database, () => {}).stop();
  await delay(number, 'Done', 0);
  assert.equal((await sentOn(number)).length, 0);
  const sending = startSending(instance.database, () => {});
  await assertSentOnce(number, ['Done']);
  await sending.stop();
});

test('delayed replies survive killed processes: each is sent once, by another or by the next', async () => {
  const { number } = await ticketIn('open', acme, anna);
  const env = { DATABASE_URL: instance.url, DATA_DIR };
  const [one, other] = await Promise.all([serve({ env }), serve({ env })]);
  const first = await lockMany(number, 40, 1);
  await eventually(async () => (await sentOn(number)).length > 0);
  await one.stop('SIGKILL');
  await assertSentOnce(number, first);
  await delay(number, 'In the night', 0);
  await other.stop('SIGKILL');
  await delay(number, 'In the night too', 0);
  const next = await serve({ env });
  await assertSentOnce(number, [...first, 'In the night', 'In the night too']);
  assert.equal(await next.stop(), 0);
});
