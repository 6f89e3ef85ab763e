/** What the console does when the server refuses: a ticket that is gone, and too many requests. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Route } from 'playwright-core';
import { openDesk } from './desk.ts';
import { reply, slow, thread, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { countOf, openTicket, setUndo } = writingOn(desk);
const account = await desk.account('Lantern');

const refuse = (status: number, code: string, retryAfter?: number) => (route: Route) =>
  route.fulfill({
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter && { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify({ code, detail: 'It was refused.', status }),
  });

/** Refuses the first request of a kind, and lets the others through. */
function refuseOnce(seconds: number) {
  const answer = refuse(429, 'too_many_requests', seconds);
  let refused = 0;
  return (route: Route) =>
    route.request().method() !== 'GET' && refused++ === 0 ? answer(route) : route.continue();
}

for (const status of [403, 404])
  test(`a ticket of the list that answers with ${status} loses its row, and it is said`, async () => {
    const number = await account.open(`Gone by ${status}`);
    const { page, errors } = await desk.agent('Elena Markova');
    await page.route(`**/staff/tickets/${number}`, refuse(status, 'ticket_not_found'));
    await page.goto(`${desk.url}/console/open`);
    const row = page.locator(`[data-number="${number}"]`);
    const [others] = await Promise.all([
      page.locator('[data-number]').count(),
      expect(row).toBeVisible(slow),
    ]);
    await row.click();
    await expect(page.getByRole('heading', { name: 'This ticket does not exist' })).toBeVisible(slow);
    await expect(row).toHaveCount(0);
    await expect(page.getByText(`#${number} is not there any more`).first()).toBeVisible();
    assert.ok((await page.locator('[data-number]').count()) >= others - 1);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect(page.getByRole('heading', { name: 'Pick a ticket' })).toBeVisible();
    assert.deepEqual(errors, []);
  });

test('an action that comes too soon stands there, says when it goes on, and does so by itself, once', async () => {
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Too many changes'));
  await page.route('**/staff/bulk', refuseOnce(3));
  await page.keyboard.press('i');
  const assigned = page.locator('#conversation').getByRole('combobox', { name: 'Assigned to You' });
  await expect(assigned).toBeVisible();
  await expect(
    page.getByText(/^Too many changes at once: it goes on in [1-3] seconds?/).first(),
  ).toBeVisible();
  const assignee = async () =>
    (await desk.api<{ assignee_id: number | null }>(`/staff/tickets/${number}`)).assignee_id;
  assert.equal(await assignee(), null);
  await expect.poll(assignee, slow).not.toBe(null);
  await expect(assigned).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry' })).toBeHidden();
  assert.deepEqual(errors, []);
});

test('whoever would have to wait longer is told how long, and can try again', async () => {
  const { page, errors } = await openTicket('Elena Markova', await account.open('A long wait'));
  await page.route('**/staff/bulk', refuseOnce(90));
  await page.keyboard.press('i');
  await expect(
    page.getByText(/^Could not assign #\d+\. Too many requests: wait (90|8\d) seconds/).first(),
  ).toBeVisible();
  const header = page.locator('#conversation');
  await expect(header.getByRole('combobox', { name: 'Assign', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(header.getByRole('combobox', { name: 'Assigned to You' })).toBeVisible(slow);
  assert.deepEqual(errors, []);
});

test('a reply that comes too soon counts down the seconds in its place, and is sent once', async () => {
  await setUndo(0);
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Too many replies'));
  await page.route('**/delayed-replies', refuseOnce(4));
  await reply(page).fill('In a moment');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^will be sent in [1-4] seconds?/)).toBeVisible(slow);
  await expect.poll(() => countOf(number, 'In a moment'), slow).toBe(1);
  await expect(thread(page).getByText(/^will be sent in/)).toBeHidden(slow);
  assert.deepEqual(errors, []);
});
