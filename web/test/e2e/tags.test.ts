/** Tags: chosen, typed anew, for one ticket and for many. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Lantern');
const TIMEOUT = { timeout: 15_000 };

const tagsOf = async (number: number) =>
  (await desk.api<{ tags: string[] }>(`/staff/tickets/${number}`)).tags;
const field = (page: Page) => page.getByRole('combobox', { name: /^Tags of/ });

test('a tag that does not exist is made by typing it, from the palette and by the keyboard alone', async () => {
  const number = await account.open('To be tagged');
  const { page, errors } = await desk.agent('Elena Markova');
  await page.goto(`${desk.url}/console/unassigned/${number}`);
  await expect(page.getByRole('heading', { name: 'To be tagged' })).toBeVisible(TIMEOUT);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or jump to…' })).toBeFocused(TIMEOUT);
  await page.keyboard.type('tags');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused(TIMEOUT);
  await page.keyboard.type('Night  Shift,');
  await expect(page.getByRole('option', { name: 'Create the tag “night shift”' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => tagsOf(number), TIMEOUT).toEqual(['night shift']);
  await expect(page.getByRole('option', { name: /^night shift/ })).toHaveAttribute('aria-checked', 'true');

  await page.keyboard.type('vip');
  await page.keyboard.press('Enter');
  await expect.poll(() => tagsOf(number), TIMEOUT).toEqual(['night shift', 'vip']);
  await page.keyboard.type('night');
  await page.keyboard.press('Enter'); // once more takes it away
  await expect.poll(() => tagsOf(number), TIMEOUT).toEqual(['vip']);
  assert.deepEqual(await axeViolations(page, ['[data-base-ui-focus-guard]']), []);
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect.poll(() => tagsOf(number), TIMEOUT).toEqual(['night shift', 'vip']);
  assert.deepEqual(errors, []);
});

test('several tickets get a new tag at once; one that is full is named', async () => {
  const [first, second] = [await account.open('Flock one'), await account.open('Flock two')];
  const many = Array.from({ length: 20 }, (_, i) => `t${i}`);
  await desk.api(`/staff/tickets/${second}`, { method: 'PATCH', body: JSON.stringify({ tags: many }) });
  const { page, errors } = await desk.agent('Elena Markova');
  await page.goto(`${desk.url}/console/search?q=flock`);
  const rows = page.getByRole('list', { name: 'Tickets' }).getByRole('listitem');
  await expect(rows).toHaveCount(2, TIMEOUT);
  await rows.first().getByRole('link').focus();
  await page.keyboard.press('x');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByRole('toolbar').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Tags…' }).click();
  await expect(page.getByRole('combobox', { name: 'Tags of 2 tickets' })).toBeFocused(TIMEOUT);
  await expect(page.getByRole('option', { name: /^t7/ })).toHaveAttribute('aria-checked', 'mixed');
  await page.keyboard.type('flock');
  await page.keyboard.press('Enter');
  await expect.poll(() => tagsOf(first), TIMEOUT).toEqual(['flock']);
  await expect(page.getByText(`1 of 2 were not changed: too many tags (#${second})`).first()).toBeVisible(
    TIMEOUT,
  );
  assert.equal((await tagsOf(second)).includes('flock'), false);
  assert.deepEqual(errors, []);
});
