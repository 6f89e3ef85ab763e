/** The palette, searches and saved views. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Lantern');
const TIMEOUT = { timeout: 15_000 };

const openPalette = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused(TIMEOUT);
};

test('28: the palette finds a ticket by number and subject, a client and a command, by keyboard alone', async () => {
  const number = await account.open('Zeppelin in the rack');
  const { page, errors } = await desk.agent('Elena Markova');
  await expect(page.getByRole('list', { name: 'Tickets' }).getByRole('link').first()).toBeVisible(TIMEOUT);
  await openPalette(page);
  await page.keyboard.type(`#${number}`);
  await expect(page.getByRole('option', { name: /Zeppelin in the rack/ })).toBeVisible(TIMEOUT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Zeppelin in the rack' })).toBeVisible(TIMEOUT);

  await openPalette(page);
  await page.keyboard.type('resol');
  await expect(page.getByRole('option').first()).toContainText('Resolve');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await openPalette(page);
  await page.keyboard.type('unassigned');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/unassigned');

  await openPalette(page);
  await page.keyboard.type('zeppelin');
  await expect(page.getByRole('option', { name: /Zeppelin/ })).toBeVisible(TIMEOUT);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${number}`);

  await openPalette(page);
  await page.keyboard.type('lantern');
  const client = page.getByRole('group', { name: 'Clients' }).getByRole('option').first();
  await expect(client).toBeVisible(TIMEOUT);
  for (let i = 0; i < 12 && (await client.getAttribute('data-highlighted')) === null; i++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/search?account_id=*');
  await expect(page.getByRole('button', { name: /^Client: Lantern/ })).toBeVisible(TIMEOUT);

  await openPalette(page);
  await page.keyboard.type('internal');
  await page.keyboard.press('Escape');
  assert.deepEqual(errors, []);
});

test('29: a comment of two years ago is found, and the results stay while they are worked on', async () => {
  const number = await account.open('An old outage');
  await account.comment(number, 'The flux capacitor has burnt out.');
  await desk.api(`/staff/tickets/${number}/close`, { method: 'POST', body: '{}' });
  const old = "created_at = created_at - interval '2 years', updated_at = updated_at - interval '2 years'";
  await desk.query(`update tickets set ${old} where number = ${number}`);
  const { page, errors } = await desk.agent('Elena Markova');
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('flux capacitor');
  await page.getByRole('option', { name: /^Search all tickets/ }).click();
  const row = page.getByRole('list', { name: 'Tickets' }).getByRole('link', { name: /An old outage/ });
  await expect(row).toBeVisible(TIMEOUT);
  await expect(row).toContainText('2024');
  await row.click();
  await expect(page.getByText('The flux capacitor has burnt out.').last()).toBeVisible(TIMEOUT);
  await expect(page).toHaveURL(/search\/\d+\?q=flux/);
  await expect(row).toBeVisible();

  const box = page.getByRole('textbox', { name: 'Search in all tickets' });
  await box.fill('is:open flux');
  await box.press('Enter');
  await expect(page).toHaveURL(/is_closed=false/);
  await page.getByRole('button', { name: 'Search closed tickets too' }).click();
  await expect(row).toBeVisible(TIMEOUT);
  assert.deepEqual(errors, []);
});

test('every filter can be typed, together and in the palette, and chosen with the mouse', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const number = await account.open('Lens is cracked', 'The lens has an exact crack.');
  const rest = await account.open('Lens is clean');
  const { staff_id } = await page.evaluate(async () => (await fetch('/staff/me')).json());
  const s = (verb: string, method: string, body: object) =>
    desk.api(`/staff/tickets/${number}${verb}`, { method, body: JSON.stringify(body) });
  await s('', 'PATCH', { topic_key: 'network', assignee_id: staff_id });
  await s('/comments', 'POST', { body: 'We send another one.' });
  await s('/resolve', 'POST', {});
  const vote = JSON.stringify({ score: 6, comment: null, created_at: new Date().toISOString() });
  await desk.query(`update tickets set vote = '${vote}' where number = ${number}`);
  await desk.query(`update comments set files = '[{"name": "a.txt"}]' where ticket_number = ${number}`);

  const rows = page.getByRole('list', { name: 'Tickets' }).getByRole('link', { name: /Lens is/ });
  const shows = async (...numbers: number[]) => {
    await expect(rows).toHaveCount(numbers.length, TIMEOUT);
    for (const each of numbers) await expect(rows.and(page.locator(`[href*="/${each}"]`))).toBeVisible();
  };
  await page.goto(`${desk.url}/console/search`);
  const box = page.getByRole('textbox', { name: 'Search in all tickets' });
  const parts = ['is:open', 'topic:network', 'assignee:me', 'client:"LANTERN"', 'score:<7', 'has:file'];
  parts.push('created:>2020-11-01', '"exact crack"');
  await box.fill(parts.join(' '));
  await box.press('Enter');
  await shows(number);
  await expect(page.getByRole('status').filter({ hasText: '1 ticket' })).toBeVisible();
  for (const chip of ['Client’s name: LANTERN', 'Score: 6 or less', 'With files'])
    await expect(page.getByRole('button', { name: chip, exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  for (const part of ['score:>6 lens', 'client:globex lens']) {
    await box.fill(part);
    await box.press('Enter');
    await shows();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
  }
  await box.fill('no:file client:lantern lens');
  await box.press('Enter');
  await shows(rest);
  await expect(page.getByRole('button', { name: 'Without files', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await box.fill('score:high lens');
  await box.press('Enter');
  await expect(page.getByText('“score:high” is searched as words. A score is 1 to 10')).toBeVisible();

  await page.goto(`${desk.url}/console/search?q=lens`);
  await shows(number, rest);
  const filter = page.getByRole('button', { name: 'Filter', exact: true });
  await filter.click();
  await page.getByRole('menuitem', { name: 'Score' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: '1–6' }).click();
  await shows(number);
  await page.getByRole('button', { name: 'Score: 1–6' }).click();
  await page.getByRole('menuitem', { name: 'Choose scores…' }).click();
  await page.getByRole('combobox', { name: 'From' }).selectOption('7');
  await page.getByRole('combobox', { name: 'To', exact: true }).selectOption('10');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await shows();
  await page.getByRole('button', { name: 'Remove the filter “Score”' }).click();
  await filter.click();
  await page.getByRole('menuitem', { name: 'Client…' }).click();
  await page.keyboard.type('lantern');
  await expect(page.getByRole('group', { name: 'Clients' }).getByRole('option')).toHaveCount(1, TIMEOUT);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Client’s name: lantern' })).toBeVisible(TIMEOUT);
  await shows(number, rest);
  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Lenses');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/view.*');
  await shows(number, rest);
  await page.getByRole('button', { name: 'Actions of “Lenses”' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();

  await openPalette(page);
  await page.keyboard.type('client:lantern score:<7 lens');
  await expect(page.getByRole('option', { name: /Lens is cracked/ })).toBeVisible(TIMEOUT);
  await expect(page.getByRole('option', { name: /Lens is clean/ })).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('no:file lens');
  await expect(page.getByRole('option', { name: /Lens is clean/ })).toBeVisible(TIMEOUT);
  await expect(page.getByRole('option', { name: /Lens is cracked/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  assert.deepEqual(errors, []);
});

test('30: a search is saved as a view, moved with the keyboard, renamed, deleted and restored', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const save = async (name: string, query: string) => {
    await page.goto(`${desk.url}/console/search?${query}`);
    await page.getByRole('button', { name: 'Save as view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/console/view.*');
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible(TIMEOUT);
  };
  await save('Night shift', 'priority=high,urgent&is_closed=false');
  await save('Mail at night', 'q=mail&sort=created');

  const own = async () => {
    const { items } = await desk.api<{ items: Array<{ name: string; is_shared: boolean }> }>('/staff/views');
    return items.filter(({ is_shared }) => !is_shared).map(({ name }) => name);
  };
  assert.deepEqual(await own(), ['Night shift', 'Mail at night']);
  await page.getByRole('link', { name: /^Mail at night/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(own, TIMEOUT).toEqual(['Mail at night', 'Night shift']);

  await page.getByRole('button', { name: 'Actions of “Night shift”' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Late shift');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^Late shift/ })).toBeVisible(TIMEOUT);
  await page.getByRole('button', { name: 'Actions of “Late shift”' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(own, TIMEOUT).toEqual(['Mail at night']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(own, TIMEOUT).toEqual(['Mail at night', 'Late shift']);
  assert.deepEqual(errors, []);
});

test('the filter of a view is changed, taken back, and saved as another view', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const view = (await page.evaluate(async () => {
    const body = JSON.stringify({
      name: 'Late mail',
      filter: { q: 'mail', is_closed: false },
      sort: 'created',
    });
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/staff/views', { method: 'POST', body, headers })).json();
  })) as { view_id: number };
  const path = `/console/view.${view.view_id}`;
  const filterNow = () =>
    page.evaluate(async () => {
      const { items } = await (await fetch('/staff/views')).json();
      return items.find(({ name }: { name: string }) => name === 'Late mail')?.filter;
    });
  await page.goto(desk.url + path);
  await page.getByRole('button', { name: 'Change the filter' }).click();
  const box = page.getByRole('textbox', { name: 'Search in all tickets' });
  await expect(box).toBeFocused(TIMEOUT);
  await expect(box).toHaveValue('mail');
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  await box.fill('mail priority:high,urgent');
  await box.press('Enter');
  await expect(
    page.getByRole('button', { name: /^Priority: Urgent, High|^Priority: High, Urgent/ }),
  ).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Late mail' })).toBeVisible(TIMEOUT);
  await expect(page.getByRole('button', { name: 'Change the filter' })).toBeFocused();
  assert.deepEqual(await filterNow(), { q: 'mail', is_closed: false, priority: 'high,urgent' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(filterNow, TIMEOUT).toEqual({ q: 'mail', is_closed: false });

  await page.getByRole('button', { name: 'Actions of “Late mail”' }).click();
  await page.getByRole('menuitem', { name: 'Change the filter…' }).click();
  await page.getByRole('button', { name: 'Remove the filter “Closed”' }).click();
  await page.getByRole('button', { name: 'Save as new…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('All mail');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'All mail' })).toBeVisible(TIMEOUT);
  assert.deepEqual(await filterNow(), { q: 'mail', is_closed: false });
  assert.deepEqual(errors, []);
});

test('what a colleague does to a view of the team is there at once', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const opened = await account.open('Seen by a changed view');
  const { view_id } = await desk.api<{ view_id: number }>('/staff/views', {
    method: 'POST',
    body: JSON.stringify({ name: 'Of the team', filter: { q: 'nothing-has-this-word' }, is_shared: true }),
  });
  await page.getByRole('link', { name: /^Of the team/ }).click(TIMEOUT);
  await expect(page.getByText('No tickets here.')).toBeVisible(TIMEOUT);
  await desk.api(`/staff/views/${view_id}`, {
    method: 'PATCH',
    body: JSON.stringify({ name: 'Of us all', filter: { q: 'changed-view seen' } }),
  });
  await expect(page.getByRole('link', { name: /^Of us all/ })).toBeVisible(TIMEOUT);
  await desk.api(`/staff/views/${view_id}`, {
    method: 'PATCH',
    body: JSON.stringify({ filter: { q: String(opened) } }),
  });
  await expect(page.getByRole('link', { name: /Seen by a changed view/ })).toBeVisible(TIMEOUT);
  await desk.api(`/staff/views/${view_id}`, { method: 'DELETE' });
  await expect(page.getByRole('link', { name: /^Of us all/ })).toHaveCount(0, TIMEOUT);
  assert.deepEqual(errors, []);
});
