/** A keyboard finds the focus near what it has just done, and never on nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const slow = { timeout: 15_000 };

const row = (page: Page, text: string) => page.locator('[data-row]', { hasText: text }).first();

async function press(control: Locator, key = 'Enter') {
  await control.focus();
  await control.press(key);
}

/** What has the focus, once nothing moves any more. */
async function assertFocusIn(part: Locator) {
  await expect.poll(() => part.evaluate((each) => each.contains(document.activeElement)), slow).toBe(true);
}

test('votes, ratings and messages leave the focus where they were given', async () => {
  const { page, errors } = await desk.client('Jonas Weber');
  await press(row(page, 'Resize of vps-fra-1697'));
  const card = page.locator('form', {
    has: page.getByRole('heading', { name: 'Is everything working now?' }),
  });
  const rated = page.locator('form', { has: page.getByRole('heading', { name: /^You rated it/ }) });
  await card.getByText('9', { exact: true }).click();
  await press(page.getByRole('button', { name: 'Rate and close' }));
  await expect(rated).toBeVisible(slow);
  await assertFocusIn(rated);
  await rated.getByText('7', { exact: true }).click();
  await press(page.getByRole('button', { name: 'Save the rating' }));
  await expect(page.getByText('Thank you for the rating.')).toBeVisible(slow);
  await expect(rated.getByRole('radio', { name: '7' })).toBeFocused();

  await page.goto(`${desk.url}/portal/`);
  await press(row(page, 'DELETE without WHERE'));
  const answer = page
    .getByRole('article')
    .filter({ has: page.getByText('Was this helpful?') })
    .last();
  await press(answer.getByRole('button', { name: 'No', exact: true }));
  await answer.getByRole('textbox').fill('No steps.');
  await answer.getByRole('textbox').press('Enter');
  await expect(answer.getByText('No steps.')).toBeVisible(slow);
  await assertFocusIn(answer);

  const composer = page.getByRole('textbox', { name: 'Write a message…' });
  await composer.fill('By the button');
  await press(page.getByRole('button', { name: 'Send' }));
  await expect(composer).toBeFocused();
  const own = page.getByRole('article').filter({ hasText: 'By the button' }).last();
  await press(own.getByRole('button', { name: 'Remove' }), 'Enter');
  await press(page.getByRole('button', { name: 'Remove for good' }));
  await expect(page.getByText(/^Removed for good/).last()).toBeVisible(slow);
  await assertFocusIn(page.getByRole('article').filter({ hasText: 'Removed for good' }).last());
  assert.deepEqual(errors, []);
});

test('a file that is removed, and a draft that comes back, leave the focus in the form', async () => {
  const { page, errors } = await desk.client('Jonas Weber');
  await page.goto(`${desk.url}/portal/new`);
  const form = page.getByRole('form', { name: 'New ticket' });
  await form.getByRole('textbox', { name: 'What happened?' }).fill('Nothing yet.');
  const file = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
  await page.locator('input[type=file]').setInputFiles(file);
  await press(page.getByRole('button', { name: 'Remove a.txt' }));
  await expect(page.getByRole('button', { name: 'Remove a.txt' })).toHaveCount(0);
  await assertFocusIn(form);
  await press(form.getByRole('button', { name: 'Discard' }));
  await press(form.getByRole('button', { name: 'Undo' }));
  await assertFocusIn(form);
  assert.deepEqual(errors, []);
});

test('a ticket that is not for this client any more loses its row, and it is said', async () => {
  const { page } = await desk.client('Jonas Weber');
  const gone = row(page, 'DDoS on');
  const number = await gone.getAttribute('data-row');
  // With its comments: a read that succeeds would bring the ticket back by its event.
  await page.route(`**/support/tickets/${number}**`, (route) =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'forbidden', detail: 'No.', status: 403 }),
    }),
  );
  await page.route('**/support/tickets?*', () => {}); // the list is not read again: the row goes by itself
  await press(gone);
  await expect(page.getByRole('heading', { name: 'This ticket is not yours or does not exist' })).toBeVisible(
    slow,
  );
  await expect(page.locator(`[data-row="${number}"]`)).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'News' })).toHaveText(
    new RegExp(`^Ticket #${number} is not there any more`),
  );
});

test('a message in another language than the page says so to a screen reader', async () => {
  const account = await desk.account('Kestrel');
  const number = await account.open('Two languages', 'Сервер не отвечает с самого утра, помогите.');
  await account.comment(number, 'In English: the server does not respond since this morning.');
  const { page } = await desk.client('Jonas Weber');
  await page.goto(`${desk.url}/portal/t/${number}`);
  const texts = page.locator('article article .markdown');
  await expect(texts.first()).toHaveAttribute('lang', 'ru', slow);
  await expect(texts.last()).not.toHaveAttribute('lang', /./);
});

test('a draft that is there again is told', async () => {
  const { page } = await desk.client('Jonas Weber');
  await press(row(page, 'DDoS on'));
  await page.getByRole('textbox', { name: 'Write a message…' }).fill('Not finished');
  await page.waitForTimeout(500); // until it is kept
  await page.reload();
  await expect(page.getByRole('status', { name: 'News' })).toHaveText('Draft restored', slow);
});
