/** Phones without a network, laptops that sleep, a busy server: nothing that was typed is lost. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';
import { image } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 30_000 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Ticket {
  number: number;
  comments: { body: string; files: { name: string }[] }[];
}

const message = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' });
const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
const read = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);
const countOf = async (number: number, body: string) =>
  (await read(number)).comments.filter((comment) => comment.body === body).length;
const comment = (number: number, body: string, internal = false) =>
  desk.api(`/staff/tickets/${number}/comments`, { method: 'POST', body: JSON.stringify({ body, internal }) });

/** Jonas Weber with his ticket about a DDoS; its number is in the address. */
async function openOwnTicket(page: Page) {
  await page.getByRole('link', { name: /DDoS on/ }).click();
  await expect(message(page)).toBeVisible(SLOW);
  return Number(page.url().split('/').at(-1));
}

test('10: a phone that loses the network in the middle of a message sends it once, when it is back', async () => {
  const { page, errors } = await desk.client('Jonas Weber', PHONE);
  const number = await openOwnTicket(page);
  await message(page).pressSequentially('From the under');
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline. What you write is sent')).toBeVisible();
  await message(page).pressSequentially('ground');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByText('will be sent when you are back online')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the list' }).tap(); // it can still be looked at
  await expect(page.locator('[data-row]').first()).toBeVisible();
  await comment(number, 'Written while the phone was away.');
  await page.context().setOffline(false);
  await expect.poll(() => countOf(number, 'From the underground'), SLOW).toBe(1);
  await page.locator(`[data-row="${number}"]`).tap();
  await expect(page.getByText('Written while the phone was away.').last()).toBeVisible(SLOW);
  await expect(page.getByText('From the underground', { exact: true })).toHaveCount(1);
  assert.deepEqual(errors, []);
});

test('10: a phone whose network goes while a photo and its message are on their way sends both, once', async () => {
  const { page, errors } = await desk.client('Jonas Weber', PHONE);
  const number = await openOwnTicket(page);
  const lost: string[] = [];
  /** The server has it, and the phone does not know. */
  const lose = (path: string) =>
    page.route(path, async (route) => {
      if (route.request().method() !== 'POST' || lost.includes(path)) return route.continue();
      lost.push(path);
      await route.fetch();
      await page.context().setOffline(true);
      await route.abort();
    });
  await lose('**/public/files');
  await page.locator('input[type=file]').setInputFiles([image('rack.png')]);
  await message(page).fill('A photo of the rack');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByText('You are offline. What you write is sent')).toBeVisible(SLOW);
  await lose('**/tickets/*/comments');
  await page.context().setOffline(false);
  await expect.poll(() => lost.length, SLOW).toBe(2);
  await expect(page.getByText('will be sent when you are back online')).toBeVisible(SLOW);
  await page.context().setOffline(false);
  await expect(page.getByText('sending…').or(page.getByText('will be sent'))).toHaveCount(0, SLOW);
  const sent = (await read(number)).comments.filter(({ body }) => body === 'A photo of the rack');
  assert.deepEqual(
    sent.map(({ files }) => files.map(({ name }) => name)),
    [['rack.png']],
  );
  await expect(page.getByText('A photo of the rack', { exact: true })).toHaveCount(1);
  await expect(message(page)).toHaveValue('');
  assert.deepEqual(errors, []);
});

test('46: a page that is loaded again without a network is the browser’s; with the network everything is back', async () => {
  const { page } = await desk.client('Jonas Weber');
  const number = await openOwnTicket(page);
  await page.context().setOffline(true);
  await message(page).fill('Sent before the reload');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('will be sent when you are back online')).toBeVisible();
  await message(page).fill('Not finished');
  await expect(page.getByText('will be sent')).toBeVisible();
  await page.reload().catch(() => {}); // ERR_INTERNET_DISCONNECTED
  await page.context().setOffline(false);
  await page.goto(`${desk.url}/portal/t/${number}`);
  await expect(message(page)).toHaveValue('Not finished', SLOW);
  await expect.poll(() => countOf(number, 'Sent before the reload'), SLOW).toBe(1);
});

test('23: a laptop that slept has everything that happened, each once, and the draft', async () => {
  const { page, errors } = await desk.agent('Elena Markova');
  const account = await desk.account('Lantern');
  const number = await account.open('Through the night');
  await page.goto(`${desk.url}/console/open/${number}`);
  await reply(page).fill('Tomorrow I shall');
  await expect(page.getByText(/^Draft saved/)).toBeVisible(SLOW);

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await page.context().setOffline(true);
  for (const hour of [1, 2, 3]) await account.comment(number, `It is ${hour} o’clock.`);
  const opened = await account.open('Opened in the night');
  await desk.restart(); // whatever was connected is not
  await page.context().setOffline(false);
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });

  for (const hour of [1, 2, 3])
    await expect(page.getByText(`It is ${hour} o’clock.`, { exact: true })).toHaveCount(1, SLOW);
  await expect(page.locator(`[data-number="${opened}"]`)).toHaveCount(1, SLOW);
  await expect(reply(page)).toHaveValue('Tomorrow I shall');
  assert.deepEqual(errors, []);
});

test('23: after an hour of sleep the times are those of now, nobody is there who has gone, and work goes on', async () => {
  const account = await desk.account('Lantern');
  const number = await account.open('Before lunch');
  const other = await desk.agent('Hanna Lindqvist');
  await other.page.goto(`${desk.url}/console/open/${number}`);
  await expect(reply(other.page)).toBeVisible(SLOW);
  const { page, errors } = await desk.agent('Elena Markova');
  await page.clock.install();
  await page.goto(`${desk.url}/console/open/${number}`);
  const row = page.locator(`[data-number="${number}"]`);
  await expect(row).toContainText('Hanna Lindqvist is viewing', SLOW);
  await reply(page).fill('After lunch I shall');
  await expect(page.getByText(/^Draft saved/)).toBeVisible(SLOW);

  await page.context().setOffline(true);
  await page.waitForTimeout(300); // the stream has ended
  await other.page.goto('about:blank');
  await account.comment(number, 'Are you back?');
  await page.clock.fastForward('01:00:00');
  await expect(page.getByText('It does not work.').last()).toBeVisible();
  await page.context().setOffline(false);
  await page.clock.runFor(60_000); // whatever waits to try again
  await expect(page.getByRole('article').getByText('Are you back?', { exact: true })).toHaveCount(1, SLOW);
  await expect(row).not.toContainText('Hanna Lindqvist', SLOW);
  await expect(row).toContainText('1h', SLOW);
  await expect(reply(page)).toHaveValue('After lunch I shall');
  await expect(page.getByText('Live', { exact: true })).toBeVisible(SLOW);

  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const status = async () => (await desk.api<{ status_key: string }>(`/staff/tickets/${number}`)).status_key;
  await expect.poll(status, SLOW).toBe('resolved');
  assert.deepEqual(errors, []);
});

test('14: a session that ended while the laptop slept is said, and the draft stays', async () => {
  const { page } = await desk.client('Jonas Weber');
  await openOwnTicket(page);
  await message(page).fill('Before the night');
  await page.clock.install();
  const token = await page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem('paneldesk.session') ?? '');
    return session.token as string;
  });
  await desk.api('/support/session', { method: 'DELETE' }, token);
  await page.context().setOffline(true);
  await page.clock.fastForward('01:00:00');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Your session has ended.')).toBeVisible(SLOW);
  await expect(message(page).or(page.getByText('Before the night')).first()).toBeVisible();
});

test('a busy server is asked again after the time that it names, and nobody has to do anything', async () => {
  await desk.api('/staff/me', { method: 'PATCH', body: '{"preferences":{"undo_seconds":1}}' });
  const agent = await desk.agent('Elena Markova');
  const client = await desk.client('Jonas Weber');
  const number = await openOwnTicket(client.page);
  const busy = {
    status: 503,
    headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
    body: JSON.stringify({ code: 'busy', detail: 'The server is busy.', status: 503 }),
  };
  for (const [page, field, body] of [
    [agent.page, reply, 'From the console, at a busy hour'],
    [client.page, message, 'From the portal, at a busy hour'],
  ] as const) {
    if (page === agent.page) await page.goto(`${desk.url}/console/open/${number}`);
    let refused = 0;
    await page.route('**/tickets/*/{comments,delayed-replies}', (route) =>
      route.request().method() === 'POST' && refused++ < 2 ? route.fulfill(busy) : route.continue(),
    );
    await field(page).fill(body);
    await field(page).press('Control+Enter');
    await expect.poll(() => countOf(number, body), SLOW).toBe(1);
    assert.ok(refused > 2);
  }
  let lists = 0;
  await client.page.route('**/support/tickets?*', (route) =>
    lists++ < 2 ? route.fulfill(busy) : route.continue(),
  );
  await client.page.reload();
  await expect(client.page.locator('[data-row]').first()).toBeVisible(SLOW);
  await expect(client.page.getByRole('alert')).toHaveCount(0);
  assert.deepEqual([...agent.errors, ...client.errors], []);
});

test('44: the chosen theme is there before anything else is', async () => {
  for (const [face, key, value] of [
    ['console', 'paneldesk.theme', 'dark'],
    ['portal', 'paneldesk.portal.preferences', '{"theme":"dark"}'],
  ] as const) {
    const { page } = await desk.guest({ colorScheme: 'light' });
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [key, value] as const);
    await page.route('**/*.js', (route) =>
      route.request().url().endsWith('/theme.js') ? route.continue() : undefined,
    ); // the scripts of the page never come
    await page.goto(`${desk.url}/${face}/`, { waitUntil: 'commit' });
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    await expect.poll(background, SLOW).toBe('dark');
    await page.context().close();
  }
});
