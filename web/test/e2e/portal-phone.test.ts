/** The portal on a phone, and where the page is narrow or has large text. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const slow = { timeout: 15_000 };
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

async function assertNoSidewaysScroll(page: Page, where: string) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolled = [...document.querySelectorAll('main, section, form, form > div > div')];
    return [scrollWidth - clientWidth, ...scrolled.map((box) => box.scrollWidth - box.clientWidth)];
  });
  assert.ok(Math.max(...wide) <= 1, `${where}: wider than the page by ${Math.max(...wide)} px`);
}

test('10: on a phone a ticket is created, answered and left by touch', async () => {
  const { page, errors } = await desk.client('Rachel Kim', phone);
  await page.getByRole('link', { name: 'New ticket' }).tap();
  await page.getByText('Domains', { exact: true }).tap();
  await page.getByRole('textbox', { name: 'Summary' }).fill('The domain has expired');
  await page.getByRole('textbox', { name: 'What happened?' }).fill('It is shop.example.');
  await assertNoSidewaysScroll(page, 'new ticket');
  await page.getByRole('button', { name: 'Create ticket' }).tap();
  await expect(page.getByRole('heading', { name: 'The domain has expired' })).toBeVisible();
  await assertNoSidewaysScroll(page, 'ticket');

  await page.getByRole('textbox', { name: 'Write a message…' }).fill('I have paid for it.');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByText('I have paid for it.')).toBeVisible();
  await expect(page.getByText('sending…')).toHaveCount(0, slow);

  await page.getByRole('link', { name: 'Back to the list' }).tap();
  const row = page.getByRole('link', { name: /The domain has expired/ });
  await expect(row).toBeVisible();
  await expect(row).toBeFocused();
  const fab = await page.getByRole('link', { name: 'New ticket' }).boundingBox();
  assert.deepEqual([fab?.width, fab?.height], [56, 56]);
  await page.getByRole('button', { name: /^Closed/ }).tap();
  await assertNoSidewaysScroll(page, 'list');
  assert.deepEqual(errors, []);
});

test('42: 320 px, and text at 200 %, need no sideways scrolling', async () => {
  for (const [name, options, zoom] of [
    ['320 px', { viewport: { width: 320, height: 640 } }, 1],
    ['200 %', { viewport: { width: 640, height: 800 } }, 2],
  ] as const) {
    const { page } = await desk.client('Юлия Шестакова', options);
    await page.evaluate((value) => Object.assign(document.documentElement.style, { zoom: value }), zoom);
    await expect(page.locator('[data-row]').first()).toBeVisible();
    await assertNoSidewaysScroll(page, `${name}, list`);
    await page.getByRole('link', { name: 'Новый тикет' }).click();
    await expect(page.getByRole('heading', { name: 'Новый тикет' })).toBeVisible();
    await page.getByRole('button', { name: 'Создать тикет' }).click();
    await assertNoSidewaysScroll(page, `${name}, new ticket`);
    await page.getByRole('link', { name: /^(К|Назад к) списк/ }).click();
    await page.locator('[data-row]').first().click();
    await expect(page.getByRole('article').first()).toBeVisible(slow);
    await assertNoSidewaysScroll(page, `${name}, ticket`);
  }
});
