/** Lists of items that may each be large stay within bounds and lose nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { system } from '#actor.ts';
import { addStaff } from '#people/staff/staff.ts';
import { sql } from '#platform/sql.ts';
import type { Response } from './caller.ts';
import { openInstance } from './instance.ts';
import { assertProblem } from './refusals.ts';
import { done, ticketIn } from './tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const [agent, admin] = [await instance.staff(), await instance.staff('admin')];

/** SQL for the largest vote. */
const longVote = `jsonb_build_object('score', 9, 'comment', repeat('😀', 50000), 'created_at', '2026-01-01T00:00:00.000Z')`;
const { number } = await ticketIn('closed', acme, agent);
await instance.query(
  `insert into tickets (account_id, number, summary, status_key, is_closed, closed_at, is_client_author, has_reply, vote)
   select account_id, nextval('ticket_numbers'), 'Slow', 'closed', true, now(), true, true, ${longVote}
   from tickets, generate_series(1, 40) as i
   where number = $1`,
  [number],
);
await instance.query('update account_state set tickets_closed = tickets_closed + 40 where account_id = $1', [
  acme.accountId,
]);

interface Listed {
  number: number;
  vote: { comment: string } | null;
}

test('a client’s page of tickets with the largest votes has them all', async () => {
  for (const query of [
    'items_per_page=1000',
    'items_per_page=1000&q=slow',
    'items_per_page=1000&sort=created',
  ]) {
    const { body, headers } = await done(acme.get(`/support/tickets?${query}`));
    const voted = body.items.filter(({ vote }: Listed) => vote?.comment === '😀'.repeat(50_000));
    if (!query.includes('q='))
      assert.deepEqual([voted.length, body.item_count, body.after], [40, 41, null], query);
    assert.match(String(headers['content-type']), /^application\/json/);
    assert.equal(
      body.items.some((item: object) => 'has_late_vote' in item),
      false,
    );
  }
  const few = await done(acme.get('/support/tickets?items_per_page=3'));
  assert.equal(typeof few.headers.etag, 'string', 'a small page has an ETag');
  assert.equal(few.body.items.filter(({ vote }: Listed) => vote).length, 3);
});

test('a page of the queue with large votes ends early, and the next one continues after it', async () => {
  const seen: number[] = [];
  let pages = 0;
  for (let next: string | null = ''; next !== null; pages++) {
    const page: Response = await done(agent.get(`/staff/tickets?limit=100${next && `&after=${next}`}`));
    const { body, text } = page;
    assert.ok(Buffer.byteLength(text) < 1_500_000);
    seen.push(...body.items.map((item: Listed) => item.number));
    next = body.after;
  }
  assert.ok(pages > 5);
  assert.deepEqual([...new Set(seen)].length, 41);
  assert.equal(seen.length, 41);
});

test('a page of the audit with large changes ends early, as JSON and as CSV', async () => {
  await instance.query(
    `insert into events (account_id, type, is_client_visible, actor_kind, data)
     select 0, 'canned_response.changed', false, 'system', jsonb_build_object('after', repeat('x', 300000))
     from generate_series(1, 40)`,
  );
  const { body, text } = await done(admin.get('/staff/audit?limit=10000'));
  assert.ok(text.length < 5_000_000);
  assert.notEqual(body.after, null);
  let found = 0;
  for (let next = '/staff/audit?limit=10000&format=csv&type=canned_response'; next !== ''; ) {
    const response = await done(admin.get(next));
    found += response.text.split('canned_response.changed').length - 1;
    next = /^<([^>]+)>/.exec(String(response.headers.link ?? ''))?.[1] ?? '';
  }
  assert.equal(found, 40);
});

test('the total text of canned responses is limited when they are added and when they are changed', async () => {
  const bodies = { en: '😀'.repeat(20_000), ru: '😀'.repeat(20_000) };
  let last = 0;
  for (let i = 0; ; i++) {
    const response = await agent.post('/staff/canned-responses', {
      title: 'Long',
      shortcut: `long-${i}`,
      bodies,
    });
    if (response.status !== 200) {
      assertProblem(response, 400, 'too_many_canned_responses');
      break;
    }
    last = response.body.canned_response_id;
    assert.ok(i < 20);
  }
  const small = { title: 'Short', shortcut: 'short', bodies: { en: 'x' } };
  const { canned_response_id } = (await done(agent.post('/staff/canned-responses', small))).body;
  const grown = await agent.patch(`/staff/canned-responses/${canned_response_id}`, { bodies });
  assertProblem(grown, 400, 'too_many_canned_responses');
  await done(agent.patch(`/staff/canned-responses/${last}`, { bodies, title: 'As long as before' }));
  assert.ok((await done(agent.get('/staff/canned-responses'))).text.length < 2_500_000);
});

test('a ticket shows one’s own draft, the most recently edited ones and the newest events', async () => {
  const open = (await ticketIn('open', acme, agent)).number;
  await done(agent.put(`/staff/tickets/${open}/draft`, { body: 'Mine' }));
  await instance.database.transact(async (tx) => {
    for (let i = 0; i < 25; i++) {
      const { staff_id } = await addStaff(tx, system, {
        email: `a${i}@host.example`,
        name: `A${i}`,
        role: 'agent',
      });
      await sql`
        insert into drafts (account_id, ticket_number, staff_id, body, is_internal, files, created_at, updated_at)
        values (${acme.accountId}, ${open}, ${staff_id}, 'Theirs', false, '[]', now(), now())
      `.execute(tx);
    }
  });
  await instance.query(
    `insert into events (account_id, type, is_client_visible, ticket_number, actor_kind)
     select account_id, 'ticket.staff_read', false, number, 'system' from tickets, generate_series(1, 1100) where number = $1`,
    [open],
  );
  await done(agent.post(`/staff/tickets/${open}/comments`, { body: 'Last', internal: true }));
  const { drafts, history } = (await done(agent.get(`/staff/tickets/${open}`))).body;
  assert.equal(drafts.length, 20);
  assert.ok(drafts.some(({ body }: { body: string }) => body === 'Mine'));
  assert.equal(history.length, 1000);
  assert.equal(history.at(-1).type, 'ticket.noted');
});
