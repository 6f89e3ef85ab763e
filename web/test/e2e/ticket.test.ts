/** What is done with a ticket: shown at once, undone exactly, and said when it fails. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

interface Ticket {
  number: number;
  status_key: string;
  topic_key: string | null;
  assignee_id: number | null;
  is_snoozed: boolean;
  is_staff_read: boolean;
  merged_into_ticket_number: number | null;
  delayed_replies: Array<{ body: string }>;
  comments: Array<{ id: number; splitted_to_ticket_number: number | null }>;
}

const read = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);
const post = <Result>(path: string, body: object = {}) =>
  desk.api<Result>(path, { method: 'POST', body: JSON.stringify(body) });

let opened = 0;
/** A new ticket of an account of the demo, opened by support, with as many more comments. */
async function openTicket(comments = 0): Promise<number> {
  const { items } = await desk.api<{ items: Array<{ account_id: number }> }>('/staff/accounts');
  const { number } = await post<Ticket>('/staff/tickets', {
    account_id: items[0]?.account_id,
    summary: `Test ${++opened}`,
    comment_body: 'First message',
  });
  for (let index = 2; index <= comments + 1; index++)
    await post(`/staff/tickets/${number}/comments`, { body: `Message ${index}`, internal: false });
  return number;
}

async function show(page: Page, number: number) {
  await page.goto(`${desk.url}/console/open/${number}`);
  await expect(page.getByRole('button', { name: /^Test/ })).toBeVisible({ timeout: 20_000 });
}

const chooseMore = async (page: Page, name: string) => {
  await page.locator('#conversation').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
};
const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).first().click();

test('an author can remove the own text, an admin everybody’s', async () => {
  const number = await openTicket(1); // by the key of an admin
  const author = await desk.agent('Daniel Reyes');
  await show(author.page, number);
  await author.page
    .getByRole('button', { name: /^Internal note/ })
    .first()
    .click();
  await author.page.getByRole('textbox', { name: /^Write a note/ }).fill('My password');
  await author.page.keyboard.press('Control+Enter');
  const removable = (page: Page) =>
    page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Remove the text…' }) });
  await expect(removable(author.page)).toHaveCount(1);
  await expect(removable(author.page)).toContainText('My password');

  const admin = await desk.agent('Elena Markova');
  await show(admin.page, number);
  await expect(removable(admin.page)).toHaveCount(3);
  await removable(author.page).getByRole('button', { name: 'Remove the text…' }).click();
  await author.page.getByRole('button', { name: 'Remove for good' }).click();
  await expect(author.page.getByText('The text was removed for good by Daniel Reyes')).toBeVisible();
  await expect(removable(author.page)).toHaveCount(0);
  assert.deepEqual([...author.errors, ...admin.errors], []);
});

test('resolve, assign and snooze are shown at once and undone exactly', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await show(page, number);
  const header = page.locator('#conversation header').first();
  const before = await read(number);

  await header.getByRole('button', { name: 'Resolve' }).click();
  await expect(header.getByText('Resolved', { exact: true })).toBeVisible();
  await expect.poll(async () => (await read(number)).status_key).toBe('resolved');
  await undo(page);
  await expect.poll(async () => (await read(number)).status_key).toBe(before.status_key);
  await expect(header.getByRole('button', { name: 'Resolve' })).toBeVisible();

  await page.keyboard.press('a');
  await page.getByRole('combobox', { name: 'Assign to…' }).fill('Hanna');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('combobox', { name: /Assigned to Hanna/ })).toBeVisible();
  await expect.poll(async () => (await read(number)).assignee_id).not.toBe(before.assignee_id);
  await undo(page);
  await expect.poll(async () => (await read(number)).assignee_id).toBe(before.assignee_id);

  await page.keyboard.press('h');
  await page.getByRole('button', { name: /^Tomorrow morning/ }).click();
  await expect(header.getByText('Snoozed')).toBeVisible();
  await expect.poll(async () => (await read(number)).is_snoozed).toBe(true);
  await undo(page);
  await expect.poll(async () => (await read(number)).is_snoozed).toBe(false);
  assert.deepEqual(errors, []);
});

test('an action that fails is taken back and said, and can be tried again', async () => {
  const { page } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await show(page, number);
  const header = page.locator('#conversation header').first();
  await page.route('**/staff/bulk', (route) => route.abort());
  await page.keyboard.press('i');
  await expect(
    page.getByText(`Could not assign #${number}. There is no connection to the server.`).first(),
  ).toBeVisible();
  await expect(header.getByRole('combobox', { name: 'Assign', exact: true })).toBeVisible();
  assert.equal((await read(number)).assignee_id, null);

  await page.unroute('**/staff/bulk');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(header.getByRole('combobox', { name: 'Assigned to You' })).toBeVisible();
  await expect.poll(async () => (await read(number)).assignee_id).not.toBe(null);
});

test('5.1: what a failure takes back is said, whatever it was, and a retry does it', async () => {
  const { page } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await show(page, number);
  await expect.poll(async () => (await read(number)).is_staff_read, { timeout: 10_000 }).toBe(true);
  const header = page.locator('#conversation header').first();
  const row = page.locator(`[data-number="${number}"]`).first();
  const actions = [
    {
      act: async () => {
        await page.keyboard.press('t');
        await page.getByRole('combobox', { name: 'Topic…' }).fill('Network');
        await page.keyboard.press('Enter');
      },
      said: `Could not change the topic of #${number}. There is no connection to the server.`,
      isBack: () => expect(header.getByRole('combobox', { name: 'Topic: No topic' })).toBeVisible(),
      isDone: async () => (await read(number)).topic_key === 'network',
    },
    {
      act: () => page.keyboard.press('u'),
      said: `Could not mark #${number} as unread. There is no connection to the server.`,
      isBack: () => expect(row).not.toHaveAccessibleName(/Unread/),
      isDone: async () => !(await read(number)).is_staff_read,
    },
    {
      act: () => header.getByRole('button', { name: 'Resolve' }).click(),
      said: `Could not resolve #${number}. There is no connection to the server.`,
      isBack: () => expect(header.getByRole('button', { name: 'Resolve' })).toBeVisible(),
      isDone: async () => (await read(number)).status_key === 'resolved',
    },
  ];
  for (const { act, said, isBack, isDone } of actions) {
    await page.route('**/staff/bulk', (route) => route.abort());
    await act();
    await expect(page.getByText(said).first()).toBeVisible();
    await isBack();
    assert.equal(await isDone(), false);
    await page.unroute('**/staff/bulk');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(isDone).toBe(true);
  }
});

test('26: three of seven messages are split off, and put back by one undo', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const number = await openTicket(6);
  await show(page, number);
  await chooseMore(page, 'Split…');
  const dialog = page.getByRole('dialog', { name: `Split #${number}` });
  for (const name of ['Message 3', 'Message 4', 'Message 6']) await dialog.getByText(name).click();
  await dialog.getByRole('textbox', { name: 'Summary of the new ticket' }).fill('Split off');
  await expect(dialog.getByText('3 messages', { exact: true })).toBeVisible();
  await dialog.getByLabel('Topic').selectOption('Network');
  await dialog.getByLabel('Assignee').selectOption('Hanna Lindqvist');
  await dialog.getByRole('checkbox', { name: 'Also send the client a message' }).check();
  const message = dialog.getByRole('textbox', { name: 'What the client will read in the new ticket' });
  await message.fill('This has a ticket of its own now.');
  await dialog.getByRole('button', { name: 'Split' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Moved to a separate ticket/)).toBeVisible();
  const moved = (await read(number)).comments.filter((comment) => comment.splitted_to_ticket_number);
  assert.equal(moved.length, 3);
  const made = await read(moved[0]?.splitted_to_ticket_number ?? 0);
  assert.equal(made.comments.length, 3);
  assert.equal(made.topic_key, 'network');
  assert.equal((await read(number)).topic_key, null);
  assert.deepEqual(
    made.delayed_replies.map(({ body }) => body),
    ['This has a ticket of its own now.'],
  );

  await undo(page);
  await expect(page.getByText(/^The split with/).first()).toBeVisible();
  assert.ok((await read(number)).comments.every((comment) => comment.splitted_to_ticket_number === null));
  assert.deepEqual(errors, []);
});

test('a ticket is merged into another one of its account, and comes back by one undo', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const [target, number] = [await openTicket(), await openTicket()];
  await show(page, number);
  await chooseMore(page, 'Merge into…');
  const dialog = page.getByRole('dialog', { name: `Merge #${number} into…` });
  await dialog.getByRole('textbox').fill(`#${target}`);
  await dialog.getByRole('radio', { name: new RegExp(String(target)) }).check();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(dialog).toBeHidden();
  assert.equal((await read(number)).merged_into_ticket_number, target);
  await undo(page);
  await expect.poll(async () => (await read(number)).merged_into_ticket_number).toBe(null);
  assert.deepEqual(errors, []);
});

test('33: a look marks a ticket as read; by hand it stays unread; assigning changes neither', async () => {
  const { page } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await post(`/staff/tickets/${number}/unread`);
  await show(page, number);
  await expect.poll(async () => (await read(number)).is_staff_read, { timeout: 10_000 }).toBe(true);
  await page.keyboard.press('i');
  await expect.poll(async () => (await read(number)).assignee_id).not.toBe(null);
  assert.equal((await read(number)).is_staff_read, true);
  await page.keyboard.press('u');
  await expect.poll(async () => (await read(number)).is_staff_read).toBe(false);
  await page.keyboard.press('t');
  await page.getByRole('combobox', { name: 'Topic…' }).fill('Network');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/set the topic: Network/)).toBeVisible();
  assert.equal((await read(number)).is_staff_read, false);
});

test('33: what is marked as unread as soon as it opens stays unread', async () => {
  const { page } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await show(page, number);
  await page.keyboard.press('u');
  await expect(page.getByText(/^Marked as unread/).first()).toBeVisible();
  await page.waitForTimeout(2500); // a look takes 1.5 s
  assert.equal((await read(number)).is_staff_read, false);
});

test('33: only the client makes a ticket unread again, whoever of the team writes to it', async () => {
  const account = await desk.account('Kestrel');
  const number = await account.open('Test of reading');
  const { page } = await desk.agent('Elena Markova');
  await show(page, number);
  await expect.poll(async () => (await read(number)).is_staff_read, { timeout: 10_000 }).toBe(true);
  await page.getByRole('link', { name: /^Unassigned \d/ }).click();
  const row = page.locator(`[data-number="${number}"]`);
  await post(`/staff/tickets/${number}/comments`, { body: 'Look at this.', internal: true });
  await post(`/staff/tickets/${number}/comments`, { body: 'We look into it.' });
  await expect(row).toContainText('We look into it.', { timeout: 15_000 });
  await expect(row).not.toHaveAccessibleName(/^Unread/);
  assert.equal((await read(number)).is_staff_read, true);
  await account.comment(number, 'Thank you.');
  await expect(row).toHaveAccessibleName(/^Unread/, { timeout: 15_000 });
});

test('21: each of two agents sees who else looks and writes', async () => {
  const [first, second] = [await desk.agent('Elena Markova'), await desk.agent('Hanna Lindqvist')];
  const number = await openTicket();
  await show(first.page, number);
  await show(second.page, number);
  const header = first.page.locator('#conversation header').first();
  await expect(header.getByText('Hanna Lindqvist is viewing')).toBeVisible({ timeout: 15_000 });
  const row = first.page.locator(`[data-number="${number}"]`);
  await expect(row).toContainText('Hanna Lindqvist is viewing');
  await second.page.getByRole('textbox', { name: /^Reply to/ }).pressSequentially('Hello');
  await expect(header.getByText('Hanna Lindqvist is writing…')).toBeVisible();
  await expect(row).toContainText('Hanna Lindqvist is writing');
  // Nobody types: it ends with the text, begins with one that is inserted, and ends after a pause.
  await second.page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(header.getByText('Hanna Lindqvist is viewing')).toBeVisible();
  await second.page.getByRole('article').first().hover();
  await second.page.getByRole('button', { name: 'Quote' }).first().click();
  await expect(header.getByText('Hanna Lindqvist is writing…')).toBeVisible();
  await expect(header.getByText('Hanna Lindqvist is viewing')).toBeVisible({ timeout: 15_000 });
  await second.page.goto('about:blank');
  await expect(header.getByText(/Hanna Lindqvist is/)).toBeHidden({ timeout: 55_000 });
  await expect(row).not.toContainText('Hanna Lindqvist');
});

test('23: events of a cut stream all arrive when it is back, each one once', async () => {
  const { page } = await desk.agent('Elena Markova');
  const number = await openTicket();
  await show(page, number);
  await page.context().setOffline(true);
  for (let index = 1; index <= 50; index++)
    await post(`/staff/tickets/${number}/comments`, { body: `Note number ${index}.`, internal: true });
  await page.context().setOffline(false);
  await expect(page.getByText('Note number 50.', { exact: true })).toBeVisible({ timeout: 45_000 });
  const earlier = page.getByRole('button', { name: /earlier message/ });
  if (await earlier.isVisible()) await earlier.click();
  for (const index of [1, 2, 25, 49, 50])
    await expect(page.getByText(`Note number ${index}.`, { exact: true })).toHaveCount(1);
  await expect(page.getByText(/^Note number/)).toHaveCount(50);
});
