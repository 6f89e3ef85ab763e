import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Caller } from '#test/caller.ts';
import { guestAt } from '#test/guests.ts';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const [acme, globex] = [await instance.client('acme'), await instance.client('globex')];
const anna = await instance.staff();

const seen = async (number: number) => (await done(anna.get(`/staff/tickets/${number}`))).body;
const openBy = async (client: Caller, summary: string): Promise<number> =>
  (await done(client.post('/support/tickets', { summary, comment_body: 'Please help' }))).body.number;
const reply = (number: number) => done(anna.post(`/staff/tickets/${number}/comments`, { body: 'Done' }));
const ivan = { id: '7', name: 'Ivan Sidorov', email: 'ivan@clients.example' };

test('a ticket shows what else its account has: open tickets, scores, and the tickets that changed last', async () => {
  const numbers: number[] = [];
  for (let i = 0; i < 7; i++) numbers.push(await openBy(acme, `Disk ${i}`));
  await ticketIn('open', globex, anna);
  const [first = 0, second = 0, third = 0] = numbers;
  for (const [number, score] of [
    [first, 9],
    [second, 6],
    [third, 7],
  ] as const) {
    await reply(number);
    await done(acme.post(`/support/tickets/${number}/close`, { score: 1 }));
    await done(acme.post(`/support/tickets/${number}/vote`, { score }));
  }
  const { account } = await seen(first);
  assert.equal(account.name, 'The acme company');
  assert.deepEqual([account.open_ticket_count, account.average_score], [4, 7.3]);
  const recent = account.recent_tickets.map(({ summary }: { summary: string }) => summary);
  assert.deepEqual(recent, ['Disk 2', 'Disk 1', 'Disk 6', 'Disk 5', 'Disk 4']);
  const ticket = (await done(acme.get(`/support/tickets/${third}`))).body;
  const { number, summary, status, status_key, is_closed, updated_at } = ticket;
  assert.deepEqual(account.recent_tickets[0], { number, summary, status, status_key, is_closed, updated_at });
});

test('an account without votes and other tickets has none', async () => {
  const { number } = await ticketIn('open', await instance.client('initech'), anna);
  const { account } = await seen(number);
  assert.deepEqual([account.open_ticket_count, account.average_score, account.recent_tickets], [1, null, []]);
});

test('the author is the contact who opened the ticket or wrote first, and nobody for a program', async () => {
  const guest = await guestAt(instance);
  const number = await openBy(guest, 'Mail');
  assert.deepEqual((await seen(number)).author_user, ivan);
  assert.equal((await seen(await openBy(acme, 'By a key'))).author_user, null);
  const input = { account_id: acme.accountId, summary: 'Abuse', comment_body: 'We see spam' };
  const { number: ours } = (await done(anna.post('/staff/tickets', input))).body;
  assert.equal((await seen(ours)).author_user, null);
  await done(guest.post(`/support/tickets/${ours}/comments`, { body: 'Sorry' }));
  assert.deepEqual((await seen(ours)).author_user, ivan);
});

test('a merge changes the author of neither ticket', async () => {
  const source = await openBy(await guestAt(instance), 'Mail');
  const target = await openBy(acme, 'By a key');
  await done(anna.post(`/staff/tickets/${source}/merge`, { into: target }));
  assert.deepEqual((await seen(source)).author_user, ivan);
  assert.equal((await seen(target)).author_user, null);
});
