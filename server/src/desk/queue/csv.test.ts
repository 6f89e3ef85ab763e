import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Response } from '#test/caller.ts';
import { openInstance } from '#test/instance.ts';
import { assertProblem } from '#test/refusals.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, agent] = [await instance.client('acme'), await instance.staff()];
const numbers: number[] = [];
for (let i = 0; i < 5; i++) {
  const { number } = await ticketIn('open', acme, agent, { summary: `=cmd|'/c calc'!A${i}` });
  await done(
    agent.patch(`/staff/tickets/${number}`, { tags: ['vip', 'disk'], priority: i ? 'high' : 'low' }),
  );
  numbers.push(number);
}

/** The rows without the heading. No text of these tickets has a line break. */
const rowsOf = (text: string) => text.split('\r\n').slice(1, -1);

test('any filter of the queue can be exported as CSV, with the same tickets in the same order', async () => {
  const filter = 'priority=high&sort=created';
  const { items } = (await done(agent.get(`/staff/tickets?${filter}`))).body;
  const response = await done(agent.get(`/staff/tickets.csv?${filter}`));
  assert.equal(response.headers['content-type'], 'text/csv; charset=utf-8');
  assert.match(String(response.headers['content-disposition']), /filename="tickets.csv"/);
  const rows = rowsOf(response.text);
  assert.equal(rows.length, 4);
  for (const [i, row] of rows.entries()) {
    assert.ok(row.includes(String(items[i].number)));
    assert.ok(row.includes('The acme company') && row.includes('disk, vip'), row);
    assert.ok(row.includes(`"'=cmd|'/c calc'!A`), 'no cell is a formula');
  }
  assert.match(response.text.split('\r\n')[0] ?? '', /number.*summary.*status_key.*vote_score.*account_name/);
});

test('the list itself responds with CSV on request', async () => {
  for (const [query, accept] of [
    ['?format=csv', '*/*'],
    ['', 'text/csv'],
  ]) {
    const response = await done(agent.get(`/staff/tickets${query}`, { accept: String(accept) }));
    assert.equal(rowsOf(response.text).length, 5, accept);
  }
  const asJson = await done(agent.get('/staff/tickets?format=json', { accept: 'text/csv' }));
  assert.equal(asJson.body.items.length, 5);
});

test('an export is paged by Link headers, and has every ticket once', async () => {
  const seen: number[] = [];
  for (let next: string | undefined = '/staff/tickets.csv?limit=2&sort=created'; next; ) {
    const response: Response = await done(agent.get(next));
    seen.push(
      ...numbers.filter((number) => rowsOf(response.text).some((row) => row.includes(String(number)))),
    );
    next = /^<([^>]+)>; rel="next"$/.exec(String(response.headers.link))?.[1];
  }
  assert.deepEqual(seen, numbers);
});

test('an export is for staff, and its parameters have the limits of the list', async () => {
  assertProblem(await acme.get('/staff/tickets.csv'), 403, 'forbidden');
  assertProblem(await agent.get('/staff/tickets.csv?limit=5001'), 400, 'invalid_request');
});
