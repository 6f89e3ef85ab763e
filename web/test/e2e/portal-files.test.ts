/** Files in the portal: they are picked, dropped and pasted, sent with a message, and shown. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';
import { give, image, textFile } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };
const UPLOADS = '**/files/public/files';

const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' });
const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' });
const attached = (page: Page) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');

async function openTicket(name: RegExp) {
  const client = await desk.client('Jonas Weber');
  await client.page.getByRole('link', { name }).click();
  await expect(client.page.getByRole('article', { name: /^Daniel Reyes/ }).first()).toBeVisible(SLOW);
  return client;
}

test('1: files that are picked, dropped and pasted are sent, shown and saved', async () => {
  const { page, errors } = await openTicket(/DDoS on/);
  await composer(page).click();
  await expect(page.getByText('Up to 10 files, 20 MB each')).toBeVisible(SLOW);
  await page
    .locator('input[type=file]')
    .setInputFiles([image(), textFile('мой лог.log', 'line one\nline two')]);
  await give(conversation(page), 'drop', { files: [image('dropped.png')] });
  await give(composer(page), 'paste', { files: [image('image.png')] });
  await expect(attached(page)).toHaveCount(4);
  await composer(page).fill('Here they are.');
  await page.getByRole('button', { name: 'Send' }).click(); // some may still be on their way
  await expect(attached(page)).toHaveCount(0);

  const message = page.getByRole('article', { name: /^You/ }).last();
  await expect(message.getByRole('link', { name: /\d\d:\d\d/ })).toBeVisible(SLOW); // it has arrived
  await expect(message.getByRole('button', { name: 'Show graph.png' })).toBeVisible();
  await expect(message.getByRole('button', { name: 'Show dropped.png' })).toBeVisible();
  await expect(message.getByRole('button', { name: /Show screenshot-/ })).toBeVisible();

  await message.getByRole('button', { name: /^мой лог/ }).click();
  await expect(message.getByText('line two')).toBeVisible(SLOW);
  const download = page.waitForEvent('download');
  await message.getByRole('button', { name: 'Download мой лог.log' }).click();
  assert.equal((await download).suggestedFilename(), 'мой лог.log');

  const thumbnail = message.getByRole('button', { name: 'Show graph.png' });
  const box = await thumbnail.boundingBox();
  await expect(thumbnail.locator('img')).toBeVisible(SLOW);
  assert.deepEqual(await thumbnail.boundingBox(), box, 'nothing moves when an image arrives');
  await thumbnail.click();
  await expect(page.getByRole('dialog', { name: 'graph.png' })).toBeVisible(SLOW);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'dropped.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(thumbnail).toBeFocused();
  assert.deepEqual(errors, []);
});

test('what cannot be sent says why, and a lost response does not store a file twice', async () => {
  const { page, errors } = await openTicket(/DDoS on/);
  await composer(page).click();
  await expect(page.getByText('20 MB each')).toBeVisible(SLOW);
  const keys: string[] = [];
  let isLost = true;
  await page.route(UPLOADS, async (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? '');
    if (!isLost) return route.continue();
    isLost = false;
    await route.fetch(); // the server stores it
    await route.abort();
  });
  await page.locator('input[type=file]').setInputFiles([image('lost.png')]);
  await expect(attached(page).getByText('There is no connection to the server.')).toBeVisible(SLOW);
  await page.getByRole('button', { name: 'Try again: lost.png' }).click();
  await expect(attached(page).getByText('70 byte')).toBeVisible(SLOW);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);

  await page
    .locator('input[type=file]')
    .setInputFiles([textFile('virus.exe', 'a'), textFile('fake.pdf', 'a')]);
  await expect(attached(page).getByText('Files of this type cannot be sent')).toBeVisible();
  await expect(attached(page).getByText('The content of the file does not match its name.')).toBeVisible(
    SLOW,
  );
  await page.getByRole('button', { name: 'Remove virus.exe' }).click();
  await page.getByRole('button', { name: 'Remove fake.pdf' }).click();
  await expect(attached(page)).toHaveCount(1);

  await page
    .locator('input[type=file]')
    .setInputFiles(Array.from({ length: 10 }, (_, at) => image(`${at}.png`)));
  await expect(attached(page).getByText('No more than 10 files')).toHaveCount(1);
  await expect(attached(page).getByText('70 byte')).toHaveCount(10, SLOW);

  await page.reload();
  await expect(attached(page)).toHaveCount(10, SLOW); // the draft has them
  assert.deepEqual(errors, []);
});

test('a table of a spreadsheet is pasted as Markdown, and other HTML as text', async () => {
  const { page, errors } = await openTicket(/DDoS on/);
  const html =
    '<meta charset="utf-8"><table><tr><th>Hop</th><th>Loss</th></tr><tr><td>a|b</td><td>3 %</td></tr></table>';
  await composer(page).fill('');
  await give(composer(page), 'paste', { html, text: 'Hop\tLoss' });
  await expect(composer(page)).toHaveValue('| Hop | Loss |\n| --- | --- |\n| a\\|b | 3 % |', SLOW);
  await composer(page).fill('');
  await give(composer(page), 'paste', { html: `<p>Hi</p>${html}`, text: 'Hi Hop Loss' });
  await expect(composer(page)).toHaveValue('Hi Hop Loss', SLOW);
  assert.deepEqual(errors, []);
});
