import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { follow } from './following.ts';

/** A follower whose work only counts, and a function that tells it of new events. */
function counting(pauseMs: number) {
  const seen = { runs: 0 };
  let tell = () => {};
  const news = {
    onNewEvents: (listener: (accounts: Set<number>) => void) => {
      tell = () => listener(new Set([1]));
    },
  };
  const work = async () => {
    seen.runs++;
    return false;
  };
  const { stop } = follow(news, work, (error) => assert.fail(String(error)), pauseMs);
  return { seen, stop, tell: () => tell() };
}

test('the first event is worked on at once, and those within the pause together at its end', async () => {
  const { seen, stop, tell } = counting(200);
  assert.equal(seen.runs, 1, 'it looks when it starts');
  await wait(20);
  for (let i = 0; i < 5; i++) tell();
  await wait(20);
  assert.equal(seen.runs, 1);
  await wait(250);
  assert.equal(seen.runs, 2);
  await wait(250);
  tell();
  await wait(20);
  assert.equal(seen.runs, 3);
  await stop();
});

test('to stop, it does not wait for the end of the pause', async () => {
  const { stop, seen, tell } = counting(60_000);
  await wait(20);
  tell();
  await stop();
  assert.equal(seen.runs, 1);
});
