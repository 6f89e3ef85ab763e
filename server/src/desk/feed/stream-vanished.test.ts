/** Readers that open streams and disconnect before they are open. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '#test/eventually.ts';
import { countConnections, openInstance } from '#test/instance.ts';
import { countStreams, listen, openReader } from '#test/sse.ts';

const instance = await openInstance();
after(() => instance.close());

test('readers that disconnect while their stream opens do not count against the account', async () => {
  const home = await listen(instance);
  const { token } = await instance.client();
  const vanish = async (i: number) => {
    const socket = connect(Number(new URL(home).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`GET /support/events HTTP/1.1\r\nhost: a\r\nx-token: ${token}\r\n\r\n`);
    await wait(i % 13); // a stream opens within a few milliseconds: one of these disconnects in the middle
    socket.destroy();
  };
  for (let i = 0; i < 300; i += 25) {
    await Promise.all(Array.from({ length: 25 }, (_, j) => vanish(i + j)));
  }
  await eventually(async () => (await countConnections(instance)) === 0);
  assert.equal(await countStreams(instance), 0, 'none waits for a ping that finds it gone');
  const reader = await openReader(`${home}/support/events`, token);
  assert.equal(reader.status, 200);
  reader.close();
});
