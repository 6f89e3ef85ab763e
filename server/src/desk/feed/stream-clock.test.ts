/** Timers of streams: pings for idle streams, and disconnection of readers that do not read. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, mock, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { openInstance } from '#test/instance.ts';
import { countStreams, listen, openReader } from '#test/sse.ts';

const PING_EVERY_MS = 15_000;

mock.timers.enable({ apis: ['setInterval'] }); // the timers of an instance; all of its waits are timeouts
const instance = await openInstance();
after(() => instance.close());
const home = await listen(instance);
const isOpen = async (count: number) => (await countStreams(instance)) === count;

test('an idle stream is kept open by pings', async () => {
  const client = await instance.client();
  const reader = await openReader(`${home}/support/events`, client.token);
  await eventually(() => isOpen(1));
  for (let pings = 1; pings <= 3; pings++) {
    mock.timers.tick(PING_EVERY_MS);
    await eventually(() => reader.text.split(': ping\n\n').length === pings + 1);
  }
  assert.deepEqual(reader.frames, []);
  reader.close();
  await eventually(() => isOpen(0));
});

test('a reader that does not read is disconnected, and gets everything when it reconnects', async () => {
  const client = await instance.client('slow');
  const number = (await client.post('/support/tickets', { summary: 'Disk full', comment_body: 'Help' })).body
    .number;
  const { hostname, port } = new URL(home);
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `GET /support/events?after=0.0.0 HTTP/1.1\r\nhost: instance\r\nx-token: ${client.token}\r\n\r\n`,
  );
  await eventually(() => isOpen(1));
  for (let i = 0; i < 150; i++) {
    await client.post(`/support/tickets/${number}/comments`, { body: `${i} ${'x'.repeat(49_000)}` });
  }
  mock.timers.tick(PING_EVERY_MS);
  assert.ok(await isOpen(1), 'once is patience');
  mock.timers.tick(PING_EVERY_MS);
  await eventually(() => isOpen(0));
  socket.destroy();

  const reader = await openReader(`${home}/support/events?after=0.0.0`, client.token);
  await reader.until(151);
  assert.deepEqual(
    reader.frames.slice(1).map(({ data }) => Number.parseInt(data.comment.body, 10)),
    [...Array(150).keys()],
  );
  reader.close();
});
