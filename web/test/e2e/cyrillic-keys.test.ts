/** Single keys on ЙЦУКЕН: other letters, at the same places. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { pressCyrillic, singleKeys } from './keyboard/cyrillic.ts';
import { note, reply as replyOf, slow, thread } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const pressed = new Set<string>();

async function openConsole() {
  const visitor = await desk.agent('Elena Markova');
  const { page } = visitor;
  await expect(page.locator('[data-number]').first()).toBeVisible(slow);
  const press = (key: string) => {
    pressed.add(key);
    return pressCyrillic(page, key);
  };
  return { ...visitor, press };
}

/** A ticket of its own with two messages. */
async function openTicket() {
  const visitor = await openConsole();
  const { page } = visitor;
  const account = await desk.account('Lantern');
  const number = await account.open('By Russian keys');
  await account.comment(number, 'Still the same.');
  const show = () => page.goto(`${desk.url}/console/open/${number}`);
  await show();
  const reply = replyOf(page);
  await expect(reply).toBeVisible(slow);
  /** Closes what has the focus, or leaves it. */
  const leave = async () => {
    await page.keyboard.press('Escape');
    await expect(page.locator('textarea:focus, input:focus, [role=dialog]')).toHaveCount(0);
  };
  return { ...visitor, number, show, reply, leave };
}

test('38: the list', async () => {
  const { page, errors, press } = await openConsole();
  const openRow = page.locator('[data-number][aria-current]');
  await press('J');
  await expect(openRow).toBeFocused();
  const first = await openRow.getAttribute('data-number');
  await press('J');
  await expect(openRow).not.toHaveAttribute('data-number', first ?? '');
  await press('K');
  await expect(openRow).toHaveAttribute('data-number', first ?? '');
  await press('O');
  await expect(thread(page)).toBeFocused();
  assert.deepEqual(errors, []);
});

test('38: what a ticket opens, and its messages', async () => {
  const { page, errors, press, reply, leave } = await openTicket();
  for (const [key, field] of [
    ['N', note(page)],
    ['R', reply],
    ['A', page.getByRole('combobox', { name: 'Assign to…' })],
    ['T', page.getByRole('combobox', { name: 'Topic…' })],
    ['H', page.getByRole('dialog', { name: /^Snooze #/ }).locator(':focus')],
    ['S', page.getByRole('dialog', { name: /^Split #/ }).getByRole('textbox')],
    ['/', page.getByRole('dialog').getByRole('combobox')],
    ['?', page.getByRole('dialog', { name: 'Keyboard shortcuts' }).locator(':focus')],
  ] as const) {
    await press(key);
    await expect(field, key).toBeFocused();
    await leave();
  }

  await press('[');
  const messages = page.locator('[data-comment] > article');
  await expect(messages.last()).toBeFocused();
  await press('[');
  await expect(messages.first()).toBeFocused();
  await press(']');
  await expect(messages.last()).toBeFocused();
  await press('Q');
  await expect(reply).toHaveValue(/^> Still the same/);
  await leave();
  await press('M');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await reply.fill('');
  await leave();
  assert.deepEqual(errors, []);
});

test('38: what changes a ticket, and the selection', async () => {
  const { page, errors, press, number, show } = await openTicket();
  const status = async () => (await desk.api<{ status_key: string }>(`/staff/tickets/${number}`)).status_key;
  const row = page.locator(`a[data-number="${number}"]`);
  const details = page.locator('aside dd button').first();
  await press('D');
  await expect(details).toBeHidden();
  await press('D');
  await expect(details).toBeVisible();
  await press('L');
  await expect(page.getByText(/^The link is copied|^The browser does not let/).first()).toBeVisible();
  await press('I');
  await expect(page.getByRole('combobox', { name: 'Assigned to You' })).toBeVisible();
  await expect(row).not.toHaveAccessibleName(/^Unread/, slow);
  await press('U');
  await expect(row).toHaveAccessibleName(/^Unread/);
  await expect(page.getByText(/^Marked as unread/).first()).toBeVisible(); // the answer ends a selection
  await press('X');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.locator('[data-number]').nth(2).focus();
  await press('Shift+X');
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 selected')).toBeHidden();

  await press('E');
  await expect.poll(status, slow).toBe('resolved');
  await expect(page.getByText(/^Marked as resolved/).first()).toBeVisible();
  await press('Z');
  await expect.poll(status, slow).not.toBe('resolved');
  await desk.api(`/staff/tickets/${number}/close`, { method: 'POST', body: '{}' });
  await show();
  await expect(page.locator('#conversation header').first()).toContainText('Closed', slow);
  await press('Shift+E');
  await expect.poll(status, slow).not.toBe('closed');
  assert.deepEqual(errors, []);
});

test('38: the places, and that no key has been left out', async () => {
  const { page, errors, press } = await openConsole();
  const queues = [
    'mine',
    'unassigned',
    'waiting_support',
    'waiting_client',
    'mentions',
    'drafts',
    'resolved',
  ];
  for (const [index, queue] of [...queues, 'open'].entries()) {
    await press(`G ${index + 1}`);
    await page.waitForURL(`**/console/${queue}`);
  }
  await press('G S');
  await page.waitForURL('**/console/settings/look');
  assert.deepEqual([...pressed].sort(), singleKeys().sort());
  assert.deepEqual(errors, []);
});
