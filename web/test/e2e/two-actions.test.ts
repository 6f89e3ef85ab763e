/** Two actions on one ticket, the second before the answer to the first: what is shown never goes back. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page, Route } from 'playwright-core';
import { openDesk } from './desk.ts';
import { reply, slow } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Kestrel');

interface Ticket {
  assignee_id: number | null;
  topic_key: string | null;
  priority: string;
  status_key: string;
  is_staff_read: boolean;
}
const find = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where it is shown: what each place has shown, one after the other. */
type Seen = Record<'owner' | 'topic' | 'status' | 'priority' | 'tags' | 'row' | 'mark', string[]>;
declare global {
  interface Window {
    seen: Seen;
  }
}

const watch = (page: Page, number: number) =>
  page.evaluate((number) => {
    const header = '#conversation header';
    const row = `a[data-number="${number}"]`;
    const text = (selector: string) => document.querySelector(selector)?.textContent ?? '';
    const label = (selector: string) => document.querySelector(selector)?.getAttribute('aria-label') ?? '';
    const places: Record<keyof Seen, () => string> = {
      owner: () => label(`${header} [aria-label^="Assign"]`),
      topic: () => label(`${header} [aria-label^="Topic"]`),
      status: () => text(`${header} .numbers + *`),
      priority: () => text('aside dd button'),
      tags: () => [...document.querySelectorAll('aside ul li')].map((tag) => tag.textContent).join(),
      row: () =>
        document.querySelector(`${row} [aria-label="Unassigned"]`)
          ? 'nobody'
          : ([...document.querySelectorAll(`${row} [title] > .visually-hidden`)].at(-1)?.textContent ?? ''),
      mark: () => (text(row).startsWith('Unread') ? 'unread' : 'read'),
    };
    const seen: Seen = { owner: [], topic: [], status: [], priority: [], tags: [], row: [], mark: [] };
    window.seen = seen;
    const look = () => {
      for (const [place, read] of Object.entries(places)) {
        const shown = seen[place as keyof Seen]; // of the record above
        const now = read();
        if (shown.at(-1) !== now) shown.push(now);
      }
    };
    look();
    const all = { childList: true, subtree: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.body, all);
  }, number);

/** An open ticket that has been read, and whose places are watched. */
async function openTicket() {
  const number = await account.open('Two at once');
  const { page, errors } = await desk.agent('Elena Markova');
  await page.goto(`${desk.url}/console/open/${number}`);
  await expect(reply(page)).toBeVisible(slow);
  await expect.poll(async () => (await find(number)).is_staff_read, slow).toBe(true);
  await expect(page.locator(`a[data-number="${number}"]`)).not.toHaveAccessibleName(/^Unread/);
  await watch(page, number);
  return { number, page, errors };
}

/** The first action is answered late. Until then the server has it, and events and reads have it, too. */
async function answerFirstLate(page: Page, answer: 'done' | 'failed', ms = 1500) {
  let asked = 0;
  await page.route('**/staff/bulk', async (route: Route) => {
    if (asked++ > 0) return route.continue();
    const response = answer === 'done' ? await route.fetch() : null;
    await wait(ms);
    await (response ? route.fulfill({ response }) : route.abort());
  });
}

const choose = async (page: Page, key: string, box: string, name: string) => {
  await page.keyboard.press(key);
  await page.getByRole('combobox', { name: box }).fill(name);
  await page.keyboard.press('Enter');
};
const assignTo = (page: Page, name: string) => choose(page, 'a', 'Assign to…', name);
const setTopic = (page: Page, name: string) => choose(page, 't', 'Topic…', name);
const setPriority = async (page: Page, name: string) => {
  await page.locator('aside dd button').first().click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};

/** After everything has been answered and read again. */
async function settled(page: Page): Promise<Seen> {
  await wait(1500);
  return page.evaluate(() => window.seen);
}

test('another field: neither the answer of the first, nor its event, takes the second back', async () => {
  const { number, page, errors } = await openTicket();
  await answerFirstLate(page, 'done');
  await page.keyboard.press('i');
  await setTopic(page, 'Network');
  await expect.poll(async () => (await find(number)).topic_key, slow).toBe('network');
  const { owner, topic, row } = await settled(page);
  assert.deepEqual(owner, ['Assign', 'Assigned to You']);
  assert.deepEqual(topic, ['Topic: No topic', 'Topic: Network']);
  assert.deepEqual(row, ['nobody', 'Elena Markova']);
  assert.deepEqual(errors, []);
});

test('the same field twice: the second value stays, in the header, the row and the details', async () => {
  const { number, page, errors } = await openTicket();
  await answerFirstLate(page, 'done');
  await assignTo(page, 'Hanna');
  await page.keyboard.press('i');
  await expect(page.getByRole('combobox', { name: 'Assigned to You' })).toBeVisible();
  await setPriority(page, 'Low');
  await setPriority(page, 'Urgent');
  await expect.poll(async () => (await find(number)).priority, slow).toBe('urgent');
  const { owner, row, priority } = await settled(page);
  assert.deepEqual(owner, ['Assign', 'Assigned to Hanna Lindqvist', 'Assigned to You']);
  assert.deepEqual(row, ['nobody', 'Hanna Lindqvist', 'Elena Markova']);
  assert.deepEqual(priority, ['Normal', 'Low', 'Urgent']);
  assert.deepEqual(errors, []);
});

test('a first one that fails takes its own back only', async () => {
  const { number, page } = await openTicket();
  await answerFirstLate(page, 'failed');
  await page.keyboard.press('u');
  await page.keyboard.press('i');
  await setTopic(page, 'Network');
  await expect.poll(async () => (await find(number)).topic_key, slow).toBe('network');
  const { owner, topic, row, mark } = await settled(page);
  assert.deepEqual(mark, ['read', 'unread', 'read']);
  assert.deepEqual(row, ['nobody', 'Elena Markova']);
  assert.deepEqual(owner, ['Assign', 'Assigned to You']);
  assert.deepEqual(topic, ['Topic: No topic', 'Topic: Network']);
});

test('a first one that fails does not take back the second value of its field', async () => {
  const { number, page } = await openTicket();
  await answerFirstLate(page, 'failed');
  await assignTo(page, 'Hanna');
  await page.keyboard.press('i');
  await expect.poll(async () => (await find(number)).assignee_id, slow).not.toBe(null);
  const { owner, row } = await settled(page);
  assert.deepEqual(owner, ['Assign', 'Assigned to Hanna Lindqvist', 'Assigned to You']);
  assert.deepEqual(row, ['nobody', 'Hanna Lindqvist', 'Elena Markova']);
});

test('what a colleague does meanwhile is shown beside it, and does not take it back', async () => {
  const { number, page, errors } = await openTicket();
  await answerFirstLate(page, 'failed', 3000);
  await page.getByRole('button', { name: 'Resolve', exact: true }).first().click();
  await setTopic(page, 'Network');
  const body = JSON.stringify({ priority: 'high' });
  await desk.api(`/staff/tickets/${number}`, { method: 'PATCH', body });
  await expect(page.locator('aside dd button').first()).toHaveText('High', slow);
  await expect.poll(async () => (await find(number)).topic_key, slow).toBe('network');
  const { status, topic, priority } = await settled(page);
  assert.deepEqual(status, ['Open', 'Resolved', 'Open']);
  assert.deepEqual(topic, ['Topic: No topic', 'Topic: Network']);
  assert.deepEqual(priority, ['Normal', 'High']);
  assert.deepEqual(errors, []);
});

test('a row that stays in a list that it has left shows what is done to its ticket, and keeps it', async () => {
  const number = await account.open('Left, and followed');
  const { page, errors } = await desk.agent('Elena Markova');
  await page.goto(`${desk.url}/console/unassigned/${number}`);
  await expect(reply(page)).toBeVisible(slow);
  await watch(page, number);
  const row = page.locator(`a[data-number="${number}"]`);
  await page.keyboard.press('i');
  await expect.poll(async () => (await find(number)).assignee_id, slow).not.toBe(null);
  await settled(page);
  await answerFirstLate(page, 'done');
  await assignTo(page, 'Hanna');
  assert.deepEqual((await settled(page)).row, ['nobody', 'Elena Markova', 'Hanna Lindqvist']);
  await page.getByRole('button', { name: 'Resolve', exact: true }).first().click();
  await expect(row).toContainText('Resolved');
  const body = JSON.stringify({ summary: 'Renamed by a colleague' });
  await desk.api(`/staff/tickets/${number}`, { method: 'PATCH', body });
  await expect(row).toContainText('Renamed by a colleague', slow);
  assert.deepEqual((await settled(page)).row, ['nobody', 'Elena Markova', 'Hanna Lindqvist']);
  await expect(row).toContainText('Resolved');
  assert.deepEqual(errors, []);
});
