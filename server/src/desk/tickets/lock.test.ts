import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openInstance } from '#test/instance.ts';

const instance = await openInstance();
after(() => instance.close());
const acme = await instance.client('acme');

test('a comment that waits for another one that changes the state does not get a 404', async () => {
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
