/** The widths of the list and of the details: by mouse and by keyboard, kept on this device. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const widthOf = async (locator: Locator) => Math.round((await locator.boundingBox())?.width ?? 0);
const listOf = (page: Page) => page.getByRole('region', { name: 'Waiting on us' });
const detailsOf = (page: Page) => page.getByRole('complementary', { name: 'Details' });

async function openTicket(options = {}) {
  const { page, errors } = await desk.agent('Elena Markova', options);
  await listOf(page).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 }).last()).toBeVisible({ timeout: 15_000 });
  return { page, errors };
}

async function drag(page: Page, handle: Locator, by: number) {
  const { x = 0, y = 0, width = 0 } = (await handle.boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + by, y + 220, { steps: 5 });
  await page.mouse.up();
}

test('panes are dragged, go back by a double click, and keep their width over a reload', async () => {
  const { page, errors } = await openTicket();
  const handle = page.getByRole('separator', { name: 'Width of the list' });
  const before = await widthOf(listOf(page));
  await drag(page, handle, 80);
  await expect.poll(() => widthOf(listOf(page))).toBe(before + 80);
  await drag(page, page.getByRole('separator', { name: 'Width of the details' }), -40);
  await expect.poll(() => widthOf(detailsOf(page))).toBe(304);
  await drag(page, handle, 900);
  await expect.poll(() => widthOf(listOf(page))).toBe(518); // 36 % of 1440: the conversation keeps its room
  await page.reload();
  await expect.poll(() => widthOf(listOf(page))).toBe(518);
  await expect.poll(() => widthOf(detailsOf(page)), { timeout: 15_000 }).toBe(304);
  await handle.dblclick({ position: { x: 5, y: 200 } });
  await expect.poll(() => widthOf(listOf(page))).toBe(before);
  await page.reload();
  await expect.poll(() => widthOf(listOf(page))).toBe(before);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(errors, []);
});

test('the arrow keys move the edge, Home and End go to the ends, and Enter goes back', async () => {
  const { page, errors } = await openTicket();
  const handle = page.getByRole('separator', { name: 'Width of the details' });
  await handle.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '280');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => widthOf(detailsOf(page))).toBe(248);
  await page.keyboard.press('End');
  await expect(handle).toHaveAttribute('aria-valuenow', '345');
  await page.keyboard.press('Home');
  await expect(handle).toHaveAttribute('aria-valuenow', '220');
  await page.keyboard.press('Enter');
  await expect.poll(() => widthOf(detailsOf(page))).toBe(264);
  assert.deepEqual(errors, []);
});

test('a phone has no edges to move, and a width of a wide window does no harm there', async () => {
  const { page } = await desk.agent('Elena Markova', { viewport: { width: 390, height: 844 } });
  await page.evaluate(() => localStorage.setItem('paneldesk.panes', '{"list":640,"details":1,"x":2}'));
  await page.reload();
  await expect(listOf(page)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('separator', { name: 'Width of the list' })).toBeHidden();
  await expect.poll(() => widthOf(listOf(page))).toBe(390);
});
