/** The pages of the portal: the list with its search, what comes while it is open, and a new build. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const slow = { timeout: 15_000 };

test('9: search finds by words, keeps the segment, and looks into the other one on request', async () => {
  const { page, errors } = await desk.client('Jonas Weber');
  const search = page.getByRole('searchbox', { name: 'Search your tickets' });
  const rows = page.locator('[data-row]');
  await search.fill('ddos');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('DDoS on vps-fra-3409');
  await expect(page.getByText('1 ticket found')).toBeAttached();

  await rows.first().click();
  await expect(page.getByRole('heading', { name: /DDoS on/ })).toBeVisible();
  await expect(search).toHaveValue('ddos');

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(search).toBeFocused();
  await page.getByRole('button', { name: /^Closed/ }).click();
  await expect(page.getByText('Closed', { exact: true }).nth(1)).toBeVisible();
  const closed = await rows.first().locator('b').textContent();

  await page.getByRole('button', { name: /^Open/ }).click();
  await search.fill(closed ?? '');
  await expect(page.getByText(/^Nothing found for/)).toBeVisible();
  await page.getByRole('button', { name: /^Show closed/ }).click();
  await expect(rows.first()).toContainText(closed ?? '');

  await search.fill('zzzzqqqq');
  await expect(page.getByText('Nothing found for “zzzzqqqq”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await expect(rows.first()).toBeVisible();
  assert.deepEqual(errors, []);
});

test('12: a reply of support is read aloud, counted in the title and put first; the list survives errors', async () => {
  const { page } = await desk.client('Aisha Rahman');
  const rows = page.locator('[data-row]');
  await expect(rows.first()).toBeVisible();
  const before = Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);
  const read = page
    .locator('[data-row]')
    .filter({ hasNotText: /New reply|Closed|Solved/ })
    .last();
  const number = await read.getAttribute('data-row');
  const reply = (body: string) =>
    desk.api(`/staff/tickets/${number}/comments`, { method: 'POST', body: JSON.stringify({ body }) });
  await reply('Please look again.');
  await expect(page.getByText(/^New message from /)).toBeAttached(slow);
  await expect(rows.first()).toHaveAttribute('data-row', number ?? '');
  await expect(rows.first()).toContainText('New reply:');
  await expect(page).toHaveTitle(`(${before + 1}) Support`, slow);

  await page.route('**/support/tickets?*', (route) => route.abort());
  await reply('And again.');
  await expect(page.getByText('Could not refresh the list.')).toBeVisible(slow);
  await expect(rows.first()).toBeVisible();
  await page.unroute('**/support/tickets?*');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('Could not refresh the list.')).toHaveCount(0);
});

test('a long list is loaded as it is scrolled, and what waits for the client stands first', async () => {
  const { page } = await desk.client('Полина Зимина');
  const rows = page.locator('[data-row]');
  await expect(rows.first()).toBeVisible();
  const post = (path: string, body: object) =>
    desk.api<{ number: number }>(path, { method: 'POST', body: JSON.stringify(body) });
  const open = (summary: string) =>
    post('/staff/tickets', { account_external_id: '17764', summary, comment_body: 'x' });
  await open('Which disk?');
  for (let each = 1; each <= 60; each += 1) {
    const { number } = await open(`Ticket ${each}`);
    await post(`/staff/tickets/${number}/comments`, { body: 'We look.', status_key: 'in_progress' });
  }
  await page.reload();
  await expect(rows).toHaveCount(50);
  await expect(rows.filter({ hasText: 'Which disk?' })).toContainText('Нужен ваш ответ');
  const waits = await rows.evaluateAll((all) =>
    all.map((row) => row.textContent.includes('Нужен ваш ответ')),
  );
  assert.deepEqual(
    waits,
    waits.toSorted((one, other) => Number(other) - Number(one)),
  );
  await page.keyboard.press('j');
  await page.locator('section').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(rows.nth(59)).toBeAttached(slow);
  await expect(page.getByRole('button', { name: 'Показать ещё' })).toHaveCount(0);
});

test('47: a new build is told by a bar, and the reload keeps the draft; without a draft it comes by itself', async () => {
  const { page: idle } = await desk.client('Greg Lawson');
  await idle.evaluate(() => Object.assign(window, { isSamePage: true }));
  await idle.route('**/portal/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  const { page } = await desk.client('Rachel Kim');
  await page.getByRole('link', { name: 'New ticket' }).click();
  await page.getByRole('textbox', { name: 'Summary' }).fill('Before the update');
  await page.route('**/portal/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await desk.restart(); // the stream connects again, and asks
  await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 40_000 });
  await expect(idle.getByText('A new version is ready.')).toBeVisible({ timeout: 40_000 });
  for (const each of [idle, page]) await each.evaluate(hide);
  await idle.waitForFunction(() => !('isSamePage' in window));
  await page.unroute('**/portal/');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('textbox', { name: 'Summary' })).toHaveValue('Before the update');
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
});

/** As when another tab is looked at. */
function hide() {
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a ticket that cannot be read has the header that the list knows, and nothing seems to be loaded', async () => {
  const { page } = await desk.client('Jonas Weber');
  await page.route('**/support/tickets/**', (route) => route.fulfill({ status: 401, json: {} }));
  const row = page.locator('[data-row]').first();
  const summary = (await row.locator('b').textContent())?.replace('New reply: ', '') ?? '';
  await row.click();
  await expect(page.getByText('Your session has ended.')).toBeVisible(slow);
  await expect(page.getByRole('heading', { name: summary, exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Conversation' }).locator('i')).toHaveCount(0);
  await expect(page.getByText('These messages have not been loaded yet.')).toBeVisible();
});

test('when the session ends, what was read stays, and what is written waits for the next one', async () => {
  const { page } = await desk.client('Jonas Weber');
  await page.locator('[data-row]', { hasText: 'We are on it' }).first().click();
  const messages = page.getByRole('article').getByRole('article');
  await messages.first().waitFor();
  const count = await messages.count();
  await page.route('**/support/tickets/**', (route) => route.fulfill({ status: 401, json: {} }));
  await page.getByRole('textbox', { name: 'Write a message…' }).fill('Written too late');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('what you have written is kept')).toBeVisible(slow);
  await expect(messages).toHaveCount(count + 1);
  await expect(messages.last()).toContainText('will be sent when you open support again');
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeDisabled();
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Copy link']);
});
