/** What is seen before a script runs, and with the colours and the space that a reader has chosen. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { landmarkProblems } from './screens/checks.ts';

const desk = await openDesk();
after(() => desk.close());

test('the chosen theme is there before the first paint', async () => {
  const { page } = await desk.guest({ colorScheme: 'light' });
  await page.goto(`${desk.url}/docs`);
  await page.evaluate(() => {
    localStorage.setItem('paneldesk.theme', 'dark');
    localStorage.setItem('paneldesk.portal.preferences', JSON.stringify({ theme: 'dark' }));
  });
  await page.route('**/assets/*.js', () => new Promise(() => {})); // the program never comes
  for (const face of ['console', 'portal']) {
    await page.goto(`${desk.url}/${face}`, { waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  }
});

test('where the system chooses the colours, what is chosen has an outline', async () => {
  const { page } = await desk.agent('Elena Markova', { forcedColors: 'active' });
  await page.locator('[data-number]').nth(1).click();
  await page.getByRole('button', { name: 'Internal note' }).first().click();
  for (const chosen of ['a[data-number][aria-current]', 'nav a[aria-current]', 'form [aria-pressed="true"]'])
    await expect(page.locator(chosen).first()).toHaveCSS('outline-style', 'solid');
  const client = await desk.client('Jonas Weber', { forcedColors: 'active' });
  await expect(client.page.locator('[aria-pressed="true"]').first()).toHaveCSS('outline-style', 'solid');
});

test('on a phone, too, a screen has one heading and one main part', async () => {
  const { page } = await desk.agent('Elena Markova', { viewport: { width: 390, height: 844 } });
  assert.deepEqual(await landmarkProblems(page), []);
  await expect(page.getByRole('heading', { level: 1, name: 'Waiting on us' })).toBeAttached();
  await page.locator('[data-number]').first().click();
  await expect(page.getByRole('heading', { level: 1, name: /^Ticket #\d+$/ })).toBeAttached();
  assert.deepEqual(await landmarkProblems(page), []);
});

test('a field that is not accepted has the colour of its error, whether it has one line or many', async () => {
  const { page } = await desk.client('Jonas Weber', { reducedMotion: 'reduce' });
  await page.getByRole('link', { name: 'New ticket' }).first().click();
  await page.getByRole('button', { name: 'Create ticket' }).click();
  const error = page.getByText('Tell us what happened', { exact: true });
  const color = await error.evaluate((element) => getComputedStyle(element).color);
  for (const name of ['Summary', 'What happened?'])
    await expect(page.getByRole('textbox', { name })).toHaveCSS('border-top-color', color);
});
