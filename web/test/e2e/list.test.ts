/** The list of tickets: its counts, rows that come and go, and changes of many at once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Lantern');
const TIMEOUT = { timeout: 15_000 };

const rowsOf = (page: Page) => page.getByRole('list', { name: 'Tickets' }).getByRole('listitem');
const rowOf = (page: Page, summary: string) => rowsOf(page).filter({ hasText: summary });
const queueOf = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name} \\d`) }).first();
const countOf = async (page: Page, name: string) =>
  Number(/\d+/.exec((await queueOf(page, name).textContent()) ?? '')?.[0]);

test('16: the counts of queues follow what happens', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  await expect(queueOf(page, 'Unassigned')).toBeVisible(TIMEOUT);
  const before = await countOf(page, 'Unassigned');
  const number = await account.open('The counts follow');
  await expect.poll(() => countOf(page, 'Unassigned'), TIMEOUT).toBe(before + 1);
  await desk.api(`/staff/tickets/${number}`, { method: 'PATCH', body: '{"assignee_id":1}' });
  await expect.poll(() => countOf(page, 'Unassigned'), TIMEOUT).toBe(before);
  assert.deepEqual(errors, []);
});

test('32: new tickets do not move the rows under the pointer, and are counted', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  await queueOf(page, 'All open').click();
  await expect(page.getByRole('heading', { name: 'All open' })).toBeVisible();
  // The rows of the queue before stay until those of this one are there.
  await expect(page.locator('[aria-busy=false]').filter({ has: rowsOf(page) })).toBeVisible(TIMEOUT);
  await expect(rowsOf(page).nth(5)).toBeVisible(TIMEOUT);
  const number = await rowsOf(page).nth(1).getByRole('link').getAttribute('data-number');
  await rowsOf(page).nth(1).hover();
  for (const word of ['one', 'two', 'three']) await account.open(`Under the pointer: ${word}`);
  const pill = page.getByRole('button', { name: '3 new' });
  await expect(pill).toBeVisible(TIMEOUT);
  await expect(rowsOf(page).nth(1).getByRole('link')).toHaveAttribute('data-number', String(number));
  await pill.click();
  await expect(rowsOf(page).first()).toContainText('Under the pointer: three');

  await page.getByRole('navigation').first().hover();
  await account.open('Nobody points at the list');
  await expect(rowsOf(page).first()).toContainText('Nobody points at the list', TIMEOUT);
  assert.deepEqual(errors, []);
});

test('31: an open ticket that is resolved stays in the list until another one is opened', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const others = await account.open('Opened afterwards');
  const number = await account.open('Stays until left');
  await queueOf(page, 'Unassigned').click();
  await rowOf(page, 'Stays until left').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Stays until left' })).toBeVisible(TIMEOUT);
  const before = await countOf(page, 'Resolved');
  await desk.api(`/staff/tickets/${number}/resolve`, { method: 'POST', body: '{}' });
  await expect.poll(() => countOf(page, 'Resolved'), TIMEOUT).toBe(before + 1);
  await expect(rowOf(page, 'Stays until left')).toBeVisible();
  await page.locator(`a[data-number="${others}"]`).click();
  await expect(rowOf(page, 'Stays until left')).toHaveCount(0, TIMEOUT);
  assert.deepEqual(errors, []);
});

test('25: two hundred tickets are assigned at once, and it is undone at once', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const opened: number[] = [];
  for (let i = 0; i < 200; i++) opened.push(await account.open(`Flooding ${i}`));
  await page.goto(`${desk.url}/console/search?q=flooding`);
  await expect(page.getByText('200 tickets')).toBeVisible(TIMEOUT);
  await rowsOf(page).first().getByRole('link').focus();
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  const toTheEnd = async () => {
    await page.keyboard.press('End');
    return page.getByRole('link', { name: /Flooding 0 / }).count();
  };
  await expect.poll(toTheEnd, TIMEOUT).toBe(1);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await expect(page.getByText('200 selected')).toBeVisible(TIMEOUT);
  await page.getByRole('toolbar').getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('menuitem', { name: /^Me/ }).click();
  await expect(page.getByText('Assigned to Elena Markova · 200 tickets').first()).toBeVisible({
    timeout: 30_000,
  });
  const path = '/staff/counts/tickets?q=flooding&assignee_id=none';
  const unassigned = async () => (await desk.api<{ count: number }>(path)).count;
  assert.equal(await unassigned(), 0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(unassigned, { timeout: 30_000 }).toBe(200);

  // One of three is closed by a colleague: it is said, and the others are resolved.
  await desk.api(`/staff/tickets/${opened[0]}/close`, { method: 'POST', body: '{}' });
  await page.goto(`${desk.url}/console/search?q=flooding&sort=created`);
  await expect(rowsOf(page).first()).toContainText('Flooding 0', TIMEOUT);
  await rowsOf(page).nth(0).getByRole('checkbox').click({ force: true });
  await rowsOf(page)
    .nth(2)
    .getByRole('checkbox')
    .click({ force: true, modifiers: ['Shift'] });
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.getByRole('toolbar').getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByText(`1 of 3 were not changed: already closed (#${opened[0]})`).first()).toBeVisible(
    TIMEOUT,
  );
  await expect(page.getByText('Marked as resolved · 2 tickets').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show' }).click();
  const refused = page.getByRole('dialog', { name: 'Could not resolve 1 ticket' });
  await expect(refused.getByRole('listitem')).toHaveText([`#${opened[0]} Flooding 0already closed`]);
  assert.deepEqual(errors, []);
});

test('a canned response to many says how many get it before it is sent', async () => {
  const other = await desk.account('Brightwater');
  const opened = [
    await account.open('Ask me first 1'),
    await account.open('Ask me first 2'),
    await other.open('Ask me first 3'),
    await other.open('Ask me first 4'),
  ];
  await desk.api(`/staff/tickets/${opened[3]}/close`, { method: 'POST', body: '{}' });
  const { page, errors } = await desk.agent('Elena Markova');
  await page.goto(`${desk.url}/console/search?q="ask me first"`);
  await expect(rowsOf(page)).toHaveCount(4, TIMEOUT);
  await rowsOf(page).first().getByRole('link').focus();
  await page.keyboard.press('x');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByRole('toolbar').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Canned response', exact: true }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'We are on it' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Reply with “We are on it”' });
  await expect(dialog.getByText('2 clients get this reply in 3 tickets.')).toBeVisible(TIMEOUT);
  await expect(dialog.getByText('1 of the tickets is closed and is left out.')).toBeVisible();
  type Waiting = { delayed_replies: unknown[] };
  const waiting = async (number: number) =>
    (await desk.api<Waiting>(`/staff/tickets/${number}`)).delayed_replies.length;
  assert.equal(await waiting(opened[0] ?? 0), 0);
  await dialog.getByRole('button', { name: 'Send to 2 clients' }).click();
  for (const number of opened.slice(0, 3)) await expect.poll(() => waiting(number), TIMEOUT).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const number of opened) await expect.poll(() => waiting(number), TIMEOUT).toBe(0);
  assert.deepEqual(errors, []);
});

test('the actions of a row open with the keyboard, and return to it', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  await account.open('By the menu key');
  await queueOf(page, 'Unassigned').click();
  const link = rowOf(page, 'By the menu key').getByRole('link');
  await link.focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Mark as read' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Priority' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Urgent' }).press('Enter');
  await expect(page.getByText(/^Priority: Urgent/).first()).toBeVisible(TIMEOUT);
  assert.deepEqual(errors, []);
});
