/** Whether a member is online, away or busy: chosen in the sidebar, and shown before a ticket is given to them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };

const ownMenu = (page: Page) => page.getByRole('button', { name: /Daniel Reyes/ });
const choice = (page: Page, name: string) => page.getByRole('menuitemradio', { name });

test('a member chooses with the keyboard, and the team sees it where tickets are given and people mentioned', async () => {
  const [daniel, elena] = [await desk.agent('Daniel Reyes'), await desk.agent('Elena Markova')];
  await expect(ownMenu(daniel.page)).toHaveAccessibleName(/Online/);
  await elena.page.locator('[data-number]').first().click();
  await expect(elena.page.getByRole('article').first()).toBeVisible(SLOW);
  await elena.page.keyboard.press('a');
  await expect(elena.page.getByRole('option', { name: 'Daniel Reyes Online' })).toBeVisible();

  await ownMenu(daniel.page).focus();
  await daniel.page.keyboard.press('Enter');
  await expect(choice(daniel.page, 'Online')).toBeChecked();
  await expect(choice(daniel.page, 'Online')).toBeFocused();
  await daniel.page.keyboard.press('ArrowDown');
  await daniel.page.keyboard.press('Enter');
  await expect(ownMenu(daniel.page)).toHaveAccessibleName(/Away/);
  await expect(ownMenu(daniel.page)).toBeFocused();

  await expect(elena.page.getByRole('option', { name: 'Daniel Reyes Away' })).toBeVisible(SLOW);
  await elena.page.keyboard.press('Escape');
  await elena.page.keyboard.press('n');
  await elena.page.keyboard.type('@Dan');
  await expect(elena.page.getByRole('option', { name: 'Daniel Reyes Away' })).toBeVisible();
  await elena.page.keyboard.press('Enter');
  await elena.page.keyboard.press('Escape');
  await elena.page.locator('[data-number]').nth(1).click({ button: 'right' });
  await elena.page.getByRole('menuitem', { name: 'Assign' }).press('ArrowRight');
  await elena.page.getByRole('menuitem', { name: 'Daniel Reyes Away' }).click(); // it forbids nothing
  await expect(elena.page.getByText(/assigned to Daniel Reyes/i).first()).toBeVisible(SLOW);

  await daniel.page.reload();
  await expect(ownMenu(daniel.page)).toHaveAccessibleName(/Away/);
  assert.deepEqual([...daniel.errors, ...elena.errors], []);
});

test('a second tab follows, and what the server refuses is taken back and said', async () => {
  const { page, errors } = await desk.agent('Daniel Reyes');
  const second = await page.context().newPage();
  await second.goto(page.url());
  await ownMenu(page).click();
  await choice(page, 'Busy').click();
  await expect(ownMenu(second)).toHaveAccessibleName(/Busy/, SLOW);

  await page.route('**/staff/me', (route) => route.fulfill({ status: 500 }));
  await ownMenu(page).click();
  await choice(page, 'Online').click();
  await expect(page.getByText('Could not change the availability').first()).toBeVisible(SLOW);
  await expect(ownMenu(page)).toHaveAccessibleName(/Busy/);
  assert.deepEqual(errors, []);
});
