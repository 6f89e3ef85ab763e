/** The bell: what a member has not read, from the server, followed live, and read by looking at the ticket. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
const popup = (page: Page) => page.getByRole('dialog', { name: 'Notifications' });
const unread = (page: Page, count: number) =>
  expect(bell(page)).toHaveAccessibleName(
    count > 0 ? `Notifications: ${count} unread` : 'Notifications',
    SLOW,
  );
const send = (path: string, method: string, body: object) =>
  desk.api(path, { method, body: JSON.stringify(body) });

async function daniel() {
  const { items } = await desk.api<{ items: { staff_id: number; name: string }[] }>('/staff/members');
  return items.find(({ name }) => name === 'Daniel Reyes')?.staff_id ?? assert.fail('Daniel is not there');
}
const assign = async (number: number) =>
  send(`/staff/tickets/${number}`, 'PATCH', { assignee_id: await daniel() });
const mention = async (number: number) =>
  send(`/staff/tickets/${number}/comments`, 'POST', {
    body: '@Daniel Reyes, please look.',
    internal: true,
    mentions: [await daniel()],
  });

test('assignments, mentions and replies are counted live in two tabs, stay after a reload, and are read by looking', async () => {
  const account = await desk.account('Lantern');
  const [first, second] = [await account.open('Two disks are full'), await account.open('Who knows this?')];
  const { page, errors } = await desk.agent('Daniel Reyes');
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await unread(page, 0);
  await bell(page).click();
  await expect(popup(page)).toContainText('Nothing new.');
  const hasFocus = () => popup(page).evaluate((box) => box.contains(document.activeElement));
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('Escape');
  await expect(popup(page)).toHaveCount(0);
  await expect(bell(page)).toBeFocused();
  await bell(page).click();
  await expect(popup(page)).toBeVisible();
  await bell(page).click();
  await expect(popup(page)).toHaveCount(0);

  await assign(first);
  await unread(page, 1);
  await account.comment(first, 'And it is urgent.');
  await unread(page, 2);
  await mention(second);
  await Promise.all([unread(page, 3), unread(tab, 3)]);
  for (const each of [page, tab]) await expect(each).toHaveTitle('(3) Waiting on us – Paneldesk');
  await page.reload();
  await unread(page, 3);

  await bell(page).focus();
  await page.keyboard.press('Enter');
  const links = popup(page).getByRole('link');
  await expect(links).toHaveCount(3);
  await expect(links.first()).toContainText(`Elena Markova mentions you in #${second}`);
  await expect(links.first()).toContainText('Who knows this?');
  await expect(links.nth(1)).toContainText(`has replied in #${first}`);
  await expect(links.nth(2)).toContainText(`Elena Markova has assigned #${first} to you`);
  await expect(links.first()).toBeFocused();
  assert.deepEqual(await axeViolations(page), []);
  await page.keyboard.press('End');
  await expect(links.nth(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/${first}$`));
  await expect(popup(page)).toHaveCount(0);
  await page.bringToFront(); // it has to be looked at
  await Promise.all([unread(page, 1), unread(tab, 1)]);
  await expect(page).toHaveTitle(`(1) #${first} Two disks are full – Paneldesk`);
  await account.comment(first, 'Are you there?');
  await expect(page.getByText('Are you there?').last()).toBeVisible(SLOW);
  await page.waitForTimeout(2500);
  await unread(page, 1); // of the ticket that is looked at there is nothing to tell
  assert.deepEqual(errors, []);
});

test('all are marked as read at once, in every tab; the mention stays in its queue', async () => {
  const account = await desk.account('Lantern');
  const { page, errors } = await desk.agent('Daniel Reyes');
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  const number = await account.open('Marked');
  await mention(number);
  await expect(bell(tab)).toHaveAccessibleName(/unread/, SLOW);
  await bell(page).click();
  await expect(popup(page).getByText('Marked')).toBeVisible(SLOW);
  await popup(page).getByRole('button', { name: 'Mark all as read' }).click();
  await Promise.all([unread(page, 0), unread(tab, 0)]);
  for (const each of [page, tab]) await expect(each).toHaveTitle(/^[^(]*$/);
  await expect(bell(page)).toBeFocused();
  await page.reload();
  await unread(page, 0);
  await page.getByRole('link', { name: /^Mentions/ }).click();
  await expect(page.locator(`[data-number="${number}"]`)).toBeVisible(SLOW);

  await page.route('**/staff/notifications?*', (route) => route.fulfill({ status: 500 }));
  await mention(number);
  await unread(page, 1);
  await bell(page).click();
  await popup(page).getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByText('Could not mark as read').first()).toBeVisible(SLOW);
  await unread(page, 1);
  assert.deepEqual(errors, []);
});

test('what has come without a connection is there when it is back; on a phone the button of the lists says so', async () => {
  const number = await (await desk.account('Lantern')).open('While away');
  const { page, errors } = await desk.agent('Hanna Lindqvist', { viewport: { width: 390, height: 844 } });
  await page.context().setOffline(true);
  await page.waitForTimeout(300); // the stream has ended
  const { items } = await desk.api<{ items: { staff_id: number; name: string }[] }>('/staff/members');
  const assignee_id = items.find(({ name }) => name === 'Hanna Lindqvist')?.staff_id;
  await send(`/staff/tickets/${number}`, 'PATCH', { assignee_id });
  const told = async () => (await (await page.request.get(`${desk.url}/staff/notifications`)).json()).count;
  await expect.poll(told, SLOW).toBe(1); // the server has told those who are there
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Lists of tickets. Notifications: 1 unread' }).click(SLOW);
  await bell(page).click();
  await popup(page).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/${number}$`));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  assert.deepEqual(errors, []);
});

test('whoever is busy is counted, too', async () => {
  const number = await (await desk.account('Lantern')).open('While busy');
  const { page, errors } = await desk.agent('Daniel Reyes');
  await page.getByRole('button', { name: /Daniel Reyes/ }).click();
  await page.getByRole('menuitemradio', { name: 'Busy' }).click();
  await bell(page).click();
  await assign(number);
  await expect(popup(page).getByText('While busy')).toBeVisible(SLOW);
  assert.deepEqual(errors, []);
});
