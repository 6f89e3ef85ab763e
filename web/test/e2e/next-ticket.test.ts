/** From one ticket to the next the page stays: what belongs to one ticket does not come along, and nothing is lost. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Lantern');
/** The second one stands above the first one: it was opened later. */
const [first, second] = [await account.open('The first ticket'), await account.open('The second ticket')];

const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
const note = (page: Page) => page.getByRole('textbox', { name: /^Write a note/ });
const heading = (page: Page, name: string) => page.locator('#conversation h2').getByText(name);

async function openSecond() {
  const visitor = await desk.agent('Elena Markova');
  const { page } = visitor;
  await page.goto(`${desk.url}/console/open/${second}`);
  await expect(heading(page, 'The second ticket')).toBeVisible({ timeout: 20_000 });
  await page.locator(`[data-number="${second}"]`).focus();
  return visitor;
}

test('the next ticket has its own mode, draft, preview, fields and place; so has the one before', async () => {
  const { page, errors } = await openSecond();
  await page.keyboard.press('n');
  await note(page).fill('A note on the second');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page
    .getByRole('textbox', { name: 'Add a tag' })
    .or(page.getByRole('combobox', { name: 'Add a tag' }))
    .fill('half');
  await page.locator(`[data-number="${second}"]`).focus();
  await page.keyboard.press('j');

  await expect(heading(page, 'The first ticket')).toBeVisible();
  await expect(page.locator('#conversation')).toHaveAccessibleName(`Ticket #${first}`);
  await expect(reply(page)).toHaveValue('');
  await expect(page.getByRole('region', { name: 'Preview' })).toBeHidden();
  await expect(page.locator('input[aria-label="Add a tag"]')).toBeHidden();
  await page.getByRole('button', { name: 'The first ticket' }).click();
  await page.getByRole('textbox', { name: 'Summary' }).fill('Half a summary');
  await page.keyboard.press('Escape');
  await reply(page).fill('A reply to the first');
  await page.locator(`[data-number="${first}"]`).focus();
  await page.keyboard.press('k');

  await expect(heading(page, 'The second ticket')).toBeVisible();
  await expect(note(page)).toHaveValue('A note on the second');
  await page.keyboard.press('j');
  await expect(reply(page)).toHaveValue('A reply to the first');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  assert.deepEqual(errors, []);
});

test('a reply that waits for the names of the team goes to its ticket, not to the one that is open by then', async () => {
  await desk.api('/staff/me', { method: 'PATCH', body: '{"preferences":{"undo_seconds":0}}' });
  const { page, errors } = await openSecond();
  await page.keyboard.press('j');
  await expect(heading(page, 'The first ticket')).toBeVisible();
  await reply(page).fill('Not finished');
  await page.reload(); // the members are asked for anew
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    void page.route('**/staff/members', async (route) => {
      resolve();
      await new Promise<void>((go) => {
        answer = go;
      });
      await route.continue();
    });
  });
  await page.locator(`[data-number="${second}"]`).click();
  await page.keyboard.press('r');
  await reply(page).fill('Write to info@lantern.example');
  await page.keyboard.press('Control+Enter');
  await asked;
  await page.locator(`[data-number="${first}"]`).click();
  await expect(reply(page)).toHaveValue('Not finished');
  answer();
  const bodies = async (number: number) =>
    (await desk.api<{ comments: { body: string }[] }>(`/staff/tickets/${number}`)).comments.map(
      ({ body }) => body,
    );
  await expect.poll(() => bodies(second), { timeout: 15_000 }).toContain('Write to info@lantern.example');
  assert.deepEqual(await bodies(first), ['It does not work.']);
  await expect(reply(page)).toHaveValue('Not finished');
  await page.locator(`[data-number="${second}"]`).click();
  await expect(reply(page)).toHaveValue('');
  assert.deepEqual(errors, []);
});

test('each ticket that is looked at for a moment is read; one that is passed is not, and nobody is told of it', async () => {
  const { page, errors } = await openSecond();
  const third = await account.open('The third ticket');
  for (const number of [first, second])
    await desk.api(`/staff/tickets/${number}/unread`, { method: 'POST', body: '{}' });
  const told: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/presence') && request.method() !== 'GET') told.push(request.url());
  });
  await page.goto(`${desk.url}/console/open/${third}`);
  await page.locator(`[data-number="${third}"]`).focus();
  const isRead = async (number: number) =>
    (await desk.api<{ is_staff_read: boolean }>(`/staff/tickets/${number}`)).is_staff_read;
  await expect.poll(() => isRead(third), { timeout: 10_000 }).toBe(true);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(heading(page, 'The first ticket')).toBeVisible();
  await expect.poll(() => isRead(first), { timeout: 10_000 }).toBe(true);
  assert.equal(await isRead(second), false);
  assert.ok(told.some((url) => url.includes(`/${first}/`)));
  assert.ok(!told.some((url) => url.includes(`/${second}/`)));
  assert.deepEqual(errors, []);
});
