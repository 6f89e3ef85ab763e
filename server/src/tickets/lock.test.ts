import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDesk } from '../../test/support.ts';

const desk = await openDesk();
after(() => desk.close());
const acme = await desk.client('acme');

test('a comment that waits for another one, which changes the state, does not take the ticket for missing', async () => {
  for (let round = 0; round < 5; round++) {
    const { number } = (await acme.post('/support/tickets', { summary: 'Slow', comment_body: 'Help' })).body;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        acme.post(`/support/tickets/${number}/comments`, { body: 'Any news?' }),
      ),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  }
});
