/** Everything by single keys, on every layout: they can be switched off and changed, and never get in the way of typing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const TIMEOUT = { timeout: 15_000 };

const openRow = (page: Page) => page.locator('[data-number][aria-current]');
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' });

async function openConsole() {
  const visitor = await desk.agent('Elena Markova');
  await expect(visitor.page.locator('[data-number]').first()).toBeVisible();
  return visitor;
}

test('j, k, o, r, n, Esc and ? go through the list and the ticket', async () => {
  const { page, errors } = await openConsole();
  await page.keyboard.press('j');
  await expect(openRow(page)).toBeFocused();
  const first = await openRow(page).getAttribute('data-number');
  await page.keyboard.press('j');
  await expect(openRow(page)).not.toHaveAttribute('data-number', first ?? '');
  await expect(openRow(page)).toBeFocused();
  await page.keyboard.press('k');
  await expect(openRow(page)).toHaveAttribute('data-number', first ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(openRow(page)).not.toHaveAttribute('data-number', first ?? '');
  await page.keyboard.press('o');
  await expect(conversation(page)).toBeFocused();

  await page.keyboard.press('r');
  const reply = page.getByRole('textbox', { name: /^Reply to/ });
  await expect(reply).toBeFocused();
  await page.keyboard.type('jk?');
  await expect(reply).toHaveValue('jk?');
  await page.keyboard.press('Escape');
  await expect(conversation(page)).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Write a note for the team…' })).toBeFocused();
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await page.keyboard.press('j'); // in a dialog it does nothing
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(conversation(page)).toBeFocused();

  await page.keyboard.press('Escape');
  await page.waitForURL('**/console/waiting_support');
  await page.keyboard.press('g');
  await page.keyboard.press('1');
  await page.waitForURL('**/console/mine');
  assert.deepEqual(errors, []);
});

test('keys that are faster than the page count from where it is going', async () => {
  const { page, errors } = await openConsole();
  const rows = page.locator('[data-number]');
  const third = await rows.nth(2).getAttribute('data-number');
  await page.route('**/TicketPage-*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue();
  });
  await page.reload();
  await expect(rows.first()).toBeVisible(TIMEOUT);
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
  await expect(openRow(page)).toHaveAttribute('data-number', third ?? '');
  await expect(openRow(page)).toBeFocused();
  await expect(conversation(page).getByRole('article').first()).toBeVisible(TIMEOUT);
  await expect(openRow(page)).toHaveAttribute('data-number', third ?? '');
  assert.deepEqual(errors, []);
});

test('39: keys can be switched off and changed, and the choice follows the member', async () => {
  const { page, errors } = await openConsole();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('link', { name: 'Keyboard', exact: true }).click();

  const next = page.getByRole('button', { name: /^Next ticket/ });
  await next.click();
  await page.keyboard.press('n');
  await expect(page.getByRole('alert')).toHaveText('N is taken: Internal note');
  await page.keyboard.press('w');
  await expect(next).toHaveAccessibleName('Next ticket: W. Change');
  assert.deepEqual(await axeViolations(page), []);

  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page.locator('[data-number]').first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('w');
  await expect(openRow(page)).toBeFocused();
  await expect(openRow(page)).toHaveAttribute('data-number', await numberOf(page, 0));

  await page.goto(`${desk.url}/console/settings/keys`);
  await page.getByRole('switch', { name: /^Single keys/ }).click();
  await page.reload(); // it is saved at the server
  await expect(page.getByRole('switch', { name: /^Single keys/ })).not.toBeChecked();
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(page.locator('[data-number]').first()).toBeVisible();
  await page.keyboard.press('w');
  await page.keyboard.press('?');
  await page.keyboard.press('ArrowDown'); // no letter: it still works
  await expect(openRow(page)).toHaveAttribute('data-number', await numberOf(page, 0));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  assert.deepEqual(errors, []);
});

const numberOf = async (page: Page, index: number) =>
  (await page.locator('[data-number]').nth(index).getAttribute('data-number')) ?? '';

test('47: a newer build is offered with a bar', async () => {
  const { page } = await openConsole();
  await page.route('**/console/index.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/console/assets/new.js">' }),
  );
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('A new version is ready.')).toBeHidden();
});

test('the focus never falls to nothing: after an action it is in the list', async () => {
  const { page, errors } = await desk.agent('Hanna Lindqvist');
  const row = page.locator('[data-number]').nth(2);
  await row.click();
  const resolve = page.locator('#conversation header').first().getByRole('button', { name: 'Resolve' });
  await resolve.focus(TIMEOUT);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-number]:focus')).toHaveCount(1);
  await page.keyboard.press('z');
  await expect(resolve).toBeVisible(TIMEOUT);

  await page.locator('[data-number]').first().focus();
  await page.keyboard.press('x');
  const bar = page.getByRole('toolbar', { name: 'Selected tickets' });
  await bar.getByRole('button', { name: 'Assign' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Me/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bar).toHaveCount(0, TIMEOUT);
  await expect(page.locator('[data-number]:focus')).toHaveCount(1);
  assert.deepEqual(errors, []);
});

test('a part of the page that fails says so, and the lists live on', async () => {
  const { page } = await desk.agent('Hanna Lindqvist');
  await page.route(/\/staff\/tickets\/\d+$/, async (route) => {
    const { can: _, ...json } = await (await route.fetch()).json();
    await route.fulfill({ json });
  });
  await page.reload();
  await page.locator('[data-number]').first().click();
  await expect(page.getByRole('heading', { name: 'This page has failed' })).toBeVisible(TIMEOUT);
  await page
    .getByRole('link', { name: /^Unassigned/ })
    .first()
    .click();
  await expect(page.getByText('Pick a ticket')).toBeVisible();
});
