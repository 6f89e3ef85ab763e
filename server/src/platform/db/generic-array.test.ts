import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';
import { done, ticketIn } from '#test/tickets.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');
const agent = await instance.staff('agent');

test('the look-ups of every request are planned once per connection, not once per request', async () => {
  const { number } = await ticketIn('replied', acme, agent);
  for (let i = 0; i < 12; i++) {
    await done(acme.get(`/support/tickets/${number}`));
    await done(acme.get('/support/tickets?q=disk'));
    await done(agent.get('/staff/tickets'));
  }
  for (const statement of [
    '%as wanted (token_hash)%',
    '%as wanted (account_id, number)%',
    'with matches as%',
    'with keys as%',
  ]) {
    const rows = await instance.query<{ generic_plans: number }>(
      "select generic_plans from pg_prepared_statements where btrim(statement, E' \\n') like $1",
      [statement],
    );
    assert.equal(rows.length, 1, `${statement} on the connection that is used first`);
    assert.ok(Number(rows[0]?.generic_plans) > 0, statement);
  }
});
