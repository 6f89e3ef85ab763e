import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { system } from '#actor.ts';
import { fillFor } from '#desk/canned-responses/canned-responses.ts';
import { followInactivity } from '#desk/inactivity/inactivity.ts';
import { followSla, watchSla } from '#desk/sla/follow.ts';
import { recountAll } from '#desk/sla/recount-all.ts';
import { findTicket } from '#desk/tickets/find.ts';
import { assignByTopic } from '#desk/topics/assign.ts';
import { createDatabase, openInstance } from '#test/support.ts';
import { reminder } from './canned.ts';
import type { Credentials } from './credentials.ts';
import { makeDemo } from './demo.ts';

const desk = await openInstance({ url: await createDatabase() });
after(() => desk.close());
await makeDemo(desk.database, desk.files, desk.folder);
const { staff }: Credentials = JSON.parse(readFileSync(join(desk.folder, 'demo-credentials.json'), 'utf8'));

test('the demo has two of what a desk has few of, and nothing that is about to be sent', async () => {
  const [row] = await desk.query(
    `select
       (select count(*) from calendars where holidays <> '[]') as calendars,
       (select count(*) from inactivity_rules) as inactivity_rules,
       (select count(*) from canned_responses where staff_id is not null) as own_answers,
       (select count(*) from tickets where merged_into_ticket_number is not null) as merged,
       (select count(*) from drafts) as drafts,
       (select count(*) from delayed_replies) as delayed_replies`,
  );
  const two = { calendars: 2, inactivity_rules: 2, own_answers: 2, merged: 2, drafts: 2 };
  assert.deepEqual(row, { ...two, delayed_replies: 0 });
});

test('most promises are kept, some are due within the hour, few are missed, and those were missed in their time', async () => {
  const [row] = await desk.query<Record<'kept' | 'missed' | 'late' | 'soon' | 'said', number>>(
    `select
       count(*) filter (where first_response_at <= first_response_due_at) as kept,
       count(*) filter (where first_response_at > first_response_due_at) as missed,
       count(*) filter (where due_at <= now()) as late,
       count(*) filter (where due_at between now() and now() + interval '1 hour') as soon,
       (select count(*) from events where type = 'sla.breached' and created_at > now() - interval '1 minute') as said
     from tickets`,
  );
  const { kept = 0, missed = 0, late = 0, soon = 0, said = 0 } = row ?? {};
  const found = JSON.stringify(row);
  assert.ok(kept > 300 && missed < kept / 10, found);
  assert.ok(late >= 2 && late <= 15 && soon >= 2 && said <= 1, found);
  assert.deepEqual(
    await desk.query(
      `select events.id
     from events
     where type = 'sla.breached' and created_at - (data ->> 'due_at')::timestamptz not between '0' and '1 minute'`,
    ),
    [],
    'what was missed was said when it was due',
  );
});

test('what the product does by itself finds next to nothing to do when the demo has just been made', async () => {
  const dues = () =>
    desk.query('select number, first_response_due_at, resolution_due_at from tickets order by number');
  const before = await dues();
  const [{ last = 0 } = {}] = await desk.query<{ last: number }>('select max(id) as last from events');
  await desk.database.transact(recountAll);
  while (await followSla(desk.database)) {
    // there is more
  }
  while (await assignByTopic(desk.database)) {
    // there is more
  }
  await watchSla(desk.database);
  await followInactivity(desk.database);
  assert.deepEqual(await dues(), before);
  const done = await desk.query('select type, ticket_number from events where id > $1', [last]);
  assert.ok(done.length <= 1, JSON.stringify(done)); // a time that has come since
});

test('a reminder is the shared canned response, as the product fills it', async () => {
  const [sent] = await desk.query<{ number: number; body: string }>(
    `select events.ticket_number as number, body
     from events
     join comments on comments.account_id = events.account_id and comments.id = events.comment_id
     where type = 'ticket.reminded'
     limit 1`,
  );
  const ticket = await findTicket(desk.database.db, system, sent?.number ?? 0);
  const filled = await fillFor(desk.database.db, ticket, reminder.bodies);
  assert.equal(sent?.body, filled.body);
});

test('staff sign in with passwords that no other demo has, of which the database has the hashes', async () => {
  const passwords = staff.map(({ password }) => password);
  assert.equal(new Set(passwords).size, 5);
  for (const { email, password } of staff) {
    assert.match(password, /^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    const { status } = await desk.anonymous.post('/staff/session', { email, password });
    assert.equal(status, 200);
  }
  assert.deepEqual(
    await desk.query(
      `select staff_id
     from staff
     left join credentials using (staff_id)
     where password_hash is null or password_hash not like '$argon2id$%'`,
    ),
    [],
  );
});
