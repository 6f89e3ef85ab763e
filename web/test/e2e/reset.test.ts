/** The server does not know where a stream has ended, as after a backup was restored: what is shown is read again. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';
import { reply, slow, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { openTicket } = writingOn(desk);

/** From now on every cursor is refused. */
async function forgetCursors(page: Page) {
  let refused = 0;
  await page.route('**/events/stream*', (route) => {
    if (!route.request().headers()['last-event-id']) return route.continue();
    refused++;
    return route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        code: 'invalid_cursor',
        detail: 'This is not a cursor of this feed.',
        status: 400,
      }),
    });
  });
  return () => refused;
}

test('23: the page reads again what it shows, follows from now on, and keeps the draft', async () => {
  const account = await desk.account('Lantern');
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Restored'));
  const other = await page.context().newPage(); // the tab that does not read the stream
  await other.goto(page.url());
  await expect(reply(other)).toBeVisible(slow);
  const refused = await forgetCursors(page);
  await reply(page).fill('Not finished');
  await page.context().setOffline(true);
  await account.comment(number, 'While nobody listened');
  await page.context().setOffline(false);
  for (const each of [page, other])
    await expect(each.getByText('While nobody listened', { exact: true }).last()).toBeVisible(slow);
  await expect(page.getByText('Live', { exact: true })).toBeVisible(slow);
  await account.comment(number, 'While somebody listens');
  for (const each of [page, other])
    await expect(each.getByText('While somebody listens', { exact: true }).last()).toBeVisible(slow);
  await expect(reply(page)).toHaveValue('Not finished');
  assert.equal(refused(), 1);
  assert.deepEqual(errors, []);
});
