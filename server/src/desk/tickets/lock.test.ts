import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/support.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

test('a comment that waits for another one, which changes the state, does not take the ticket for missing', async () => {
  for (let round = 0; round < 5; round++) {
    const { number } = (await acme.post('/support/tickets', { summary: 'Slow', comment_body: 'Help' })).body;
    const responses = await Promise.all(
      Array.from({ length: 20 }, () =>
        acme.post(`/support/tickets/${number}/comments`, { body: 'Any news?' }),
      ),
    );
    assert.deepEqual([...new Set(responses.map(({ status }) => status))], [200]);
  }
});
