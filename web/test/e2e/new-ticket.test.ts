/** A client opens tickets in the portal: nothing that was typed is lost, and nothing is created twice. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const summaryOf = (page: Page) => page.getByRole('textbox', { name: 'Summary' });
const bodyOf = (page: Page) => page.getByRole('textbox', { name: 'What happened?' });
const copiesOf = (page: Page) => page.getByRole('textbox', { name: 'Copies to' });
const create = (page: Page) => page.getByRole('button', { name: 'Create ticket' }).click();

async function openForm(name: string) {
  const visitor = await desk.client(name);
  await visitor.page.getByRole('link', { name: 'New ticket' }).click();
  await expect(visitor.page.getByRole('heading', { name: 'New ticket' })).toBeFocused();
  return visitor;
}

test('1: a ticket is created with a topic, files and copies, and opened', async () => {
  const { page, errors } = await openForm('Jonas Weber');
  const servers = page.getByRole('radio', { name: 'Servers' });
  await servers.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Network' })).toBeChecked();

  await summaryOf(page).fill('Packet loss to 203.0.113.9');
  await bodyOf(page).fill('It is **30 %** since noon.');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('form strong')).toHaveText('30 %');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'mtr.txt', mimeType: 'text/plain', buffer: Buffer.from('1. gw 0.0%') },
    { name: 'trace.log', mimeType: 'text/plain', buffer: Buffer.from('timeout') },
  ]);
  await copiesOf(page).fill('ops@example.com');
  await copiesOf(page).press('Enter');
  await copiesOf(page).fill('boss@example.com'); // made a chip by sending

  await create(page);
  await page.waitForURL('**/portal/t/*');
  await expect(page.getByRole('heading', { name: 'Packet loss to 203.0.113.9' })).toBeFocused();
  await expect(page.getByText(/^Ticket \d+\u00a0\d{3} created$/)).toBeAttached();
  await expect(page.getByRole('article').getByText('30 %')).toBeVisible();
  const number = Number(page.url().split('/').at(-1));
  await expect(page.locator(`[data-row="${number}"]`)).toHaveAttribute('aria-current', 'true');
  const ticket = await desk.api<{ topic_key: string; client_emails: string[] }>(`/staff/tickets/${number}`);
  assert.equal(ticket.topic_key, 'network');
  assert.deepEqual(ticket.client_emails, ['ops@example.com', 'boss@example.com']);
  await expect(page.getByText('mtr.txt')).toBeVisible();
  await expect(page.getByText('trace.log')).toBeVisible();

  await page.getByRole('link', { name: 'New ticket' }).click();
  await expect(summaryOf(page)).toHaveValue('');
  assert.deepEqual(errors, []);
});

test('2: errors stand at their fields, the first one has the focus, and what was typed stays', async () => {
  const { page } = await openForm('Miriam Albrecht');
  await create(page);
  await expect(summaryOf(page)).toBeFocused();
  await expect(page.getByText('Tell us what happened')).toBeVisible();

  await summaryOf(page).fill('x'.repeat(256));
  await expect(page.getByText('1 character too many')).toBeVisible();
  await bodyOf(page).fill('Mail is not delivered.');
  await copiesOf(page).fill('nobody');
  await create(page);
  await expect(summaryOf(page)).toBeFocused();
  await expect(page.getByText('This is not an e-mail address: nobody')).toBeVisible();

  // The server refuses more than the page: an archived topic, here, and files that are gone.
  await summaryOf(page).fill('Mail');
  await copiesOf(page).fill('ops@example.com');
  await page.route('**/support/tickets', (route) => {
    const body = { ...route.request().postDataJSON(), topic_key: 'gone' };
    return route.continue({ postData: JSON.stringify(body) });
  });
  await create(page);
  await expect(page.getByText('This topic is not there any more')).toBeVisible();
  await expect(page.getByRole('radio').first()).toBeFocused();
  await expect(summaryOf(page)).toHaveValue('Mail');
  await expect(bodyOf(page)).toHaveValue('Mail is not delivered.');

  await page.unroute('**/support/tickets');
  await page.getByText('Mail', { exact: true }).first().click();
  await create(page);
  await expect(page.getByRole('heading', { name: 'Mail', exact: true })).toBeVisible();
});

test('13: a draft outlives a reload; discarding it can be undone', async () => {
  const { page } = await openForm('Tom Fischer');
  await page.getByText('Databases').click();
  await summaryOf(page).fill('A backup failed');
  await bodyOf(page).fill('At 3 o’clock.');
  await copiesOf(page).fill('ops@example.com ');
  await copiesOf(page).press('Enter');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.reload();
  await expect(summaryOf(page)).toHaveValue('A backup failed');
  await expect(bodyOf(page)).toHaveValue('At 3 o’clock.');
  await expect(page.getByRole('radio', { name: 'Databases' })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Remove ops@example.com' })).toBeVisible();

  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(summaryOf(page)).toHaveValue('');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(summaryOf(page)).toHaveValue('A backup failed');
});

test('A12: a response that is lost and a try again make one ticket', async () => {
  const { page } = await openForm('Claire Whitcombe');
  await summaryOf(page).fill('Created once');
  await bodyOf(page).fill('However often it is sent.');
  const keys: Array<string | undefined> = [];
  await page.route('**/support/tickets', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    await route.fetch(); // the server has it
    await route.abort();
  });
  await create(page);
  await expect(page.getByText('The ticket was not created. Everything is kept here: try again.')).toBeVisible(
    {
      timeout: 20_000,
    },
  );
  await page.reload();
  await page.unroute('**/support/tickets');
  await create(page);
  await expect(page.getByRole('heading', { name: 'Created once' })).toBeVisible();
  assert.equal(new Set(keys).size, 1);
  await expect(page.getByRole('link', { name: /Created once/ })).toHaveCount(1);
});

test('offline it says so and keeps everything', async () => {
  const { page } = await openForm('Owen Hughes');
  await summaryOf(page).fill('Written in a train');
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline. Everything is kept here')).toBeVisible();
  await expect(page.locator('[data-row]').first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('You are offline.')).toHaveCount(0);
  await expect(summaryOf(page)).toHaveValue('Written in a train');
});

test('14: a session that ends while somebody types loses nothing, and goes on after a sign-in in another tab', async () => {
  const { page } = await openForm('Sam Patel');
  await summaryOf(page).fill('Half a sentence');
  await bodyOf(page).fill('and the rest');
  await page.evaluate(async () => {
    const { token } = JSON.parse(sessionStorage.getItem('paneldesk.session') ?? '');
    await fetch('/support/session', { method: 'DELETE', headers: { 'X-Token': token } });
  });
  await create(page);
  await expect(page.getByText('Your session has ended.')).toBeVisible({ timeout: 20_000 });
  await expect(summaryOf(page)).toHaveValue('Half a sentence');

  const other = await page.context().newPage();
  await other.goto(desk.url);
  await other.getByRole('button', { name: 'Sam Patel' }).click();
  await other.waitForSelector('[data-ready]');
  await expect(page.getByText('Your session has ended.')).toHaveCount(0);
  await create(page);
  await expect(page.getByRole('heading', { name: 'Half a sentence' })).toBeVisible();
});
