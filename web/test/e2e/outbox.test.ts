/** One reply is stored once, whatever happens to the click, the network, the page and the server. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

interface Ticket {
  comments: { body: string }[];
  delayed_replies: { body: string }[];
}

const slow = { timeout: 30_000 };
const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
const sending = '**/staff/tickets/*/delayed-replies';

let next = 0;
async function openTicket() {
  const visitor = await desk.agent('Elena Markova');
  const { items } = await desk.api<{ items: { number: number }[] }>(
    '/staff/tickets?waiting=support&is_closed=false&sort=created',
  );
  const number = items[next++]?.number ?? 0;
  await visitor.page.goto(`${desk.url}/console/open/${number}`);
  await expect(reply(visitor.page)).toBeVisible(slow);
  return { ...visitor, number };
}

async function bodiesOf(number: number) {
  const { comments, delayed_replies } = await desk.api<Ticket>(`/staff/tickets/${number}`);
  return [...comments, ...delayed_replies].map(({ body }) => body);
}

/** It is there, it stays there, and it is there once. */
async function isStoredOnce(number: number, body: string) {
  const count = async () => (await bodiesOf(number)).filter((each) => each === body).length;
  await expect.poll(count, slow).toBe(1);
  const stored = async () =>
    (await desk.api<Ticket>(`/staff/tickets/${number}`)).comments.filter((each) => each.body === body).length;
  await expect.poll(stored, slow).toBe(1);
  assert.equal(await count(), 1);
}

test('A12: a double click and Enter five times send one reply', async () => {
  const { page, number } = await openTicket();
  await reply(page).fill('Clicked twice');
  await page.getByRole('button', { name: /^Send reply/ }).dblclick();
  await reply(page).fill('Entered often');
  await reply(page).evaluate((field) => {
    for (let i = 0; i < 5; i++)
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
  });
  await isStoredOnce(number, 'Clicked twice');
  await isStoredOnce(number, 'Entered often');
});

test('A12: a response that is lost does not send it twice, and a reload sends it on', async () => {
  const { page, number, errors } = await openTicket();
  let lost = 0;
  await page.route(sending, async (route) => {
    await route.fetch(); // the server has it
    lost++;
    await route.abort();
  });
  await reply(page).fill('Its response is lost');
  await reply(page).press('Control+Enter');
  await expect.poll(() => lost, slow).toBeGreaterThan(0);
  await page.unroute(sending);
  await page.reload();
  await expect(
    page
      .getByText(/^sending in/)
      .or(page.getByText('Its response is lost'))
      .first(),
  ).toBeVisible(slow);
  await isStoredOnce(number, 'Its response is lost');
  assert.deepEqual(errors, []);
});

test('46: replies written offline are sent in order when the network is back, also after the page was closed', async () => {
  const { page, number } = await openTicket();
  await page.context().setOffline(true);
  for (const text of ['Offline one', 'Offline two']) {
    await reply(page).fill(text);
    await reply(page).press('Control+Enter');
  }
  await expect(page.getByText('will be sent when you are back online')).toHaveCount(2);
  const other = await page.context().newPage();
  await page.close();
  await page.context().setOffline(false);
  await other.goto(`${desk.url}/console/open/${number}`);
  await isStoredOnce(number, 'Offline one');
  await isStoredOnce(number, 'Offline two');
  const bodies = await bodiesOf(number);
  assert.ok(bodies.indexOf('Offline one') < bodies.indexOf('Offline two'));
});

test('two tabs send it once', async () => {
  const { page, number } = await openTicket();
  const other = await page.context().newPage();
  await other.goto(`${desk.url}/console/open/${number}`);
  await expect(reply(other)).toBeVisible(slow);
  let requests = 0;
  await page.context().route(sending, (route) => {
    requests++;
    return route.continue();
  });
  await reply(page).fill('One of two tabs');
  await reply(page).press('Control+Enter');
  await isStoredOnce(number, 'One of two tabs');
  assert.equal(requests, 1);
});

test('24: a restart of the server while a reply is sent gives one comment', async () => {
  const { page, number } = await openTicket();
  await reply(page).fill('Through a restart');
  await Promise.all([desk.restart(), reply(page).press('Control+Enter')]);
  await isStoredOnce(number, 'Through a restart');
});
