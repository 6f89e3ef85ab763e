/** Tabs that die and browsers that are killed: what was typed is there again. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { expect } from '@playwright/test';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM, FLAGS, openDesk } from './desk.ts';
import { textFile } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 30_000 };

const message = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' });
const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });

async function addressOfWaiting() {
  const { items } = await desk.api<{ items: { number: number }[] }>(
    '/staff/tickets?waiting=support&is_closed=false',
  );
  return `${desk.url}/console/open/${items[0]?.number}`;
}

/** A browser of one’s own with a profile on the disk, as people have it; `open` signs in, in the first one and in the next. */
function browserOf(t: TestContext, name: string) {
  const profile = mkdtempSync(join(tmpdir(), 'paneldesk-profile-'));
  return {
    async open() {
      const options = { executablePath: CHROMIUM, args: FLAGS, locale: 'en-GB' };
      const context = await chromium.launchPersistentContext(profile, options);
      t.after(() => context.close());
      const page = await context.newPage();
      await page.goto(desk.url);
      await page.getByRole('button', { name }).click(); // a browser may forget its cookies, too
      await page.waitForSelector('[data-ready]');
      return page;
    },
    /** What it has written down of the pages’ own storage. */
    stored() {
      const folder = join(profile, 'Default', 'Local Storage', 'leveldb');
      return readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join();
    },
  };
}

async function kill(page: Page) {
  const cdp = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo } = (await cdp?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const browser = processInfo.find(({ type }) => type === 'browser')?.id;
  assert.ok(browser);
  process.kill(browser, 'SIGKILL');
}

test('A11: a tab that dies loses at most a second of typing', async () => {
  const { page } = await desk.agent('Elena Markova');
  const address = await addressOfWaiting();
  await page.goto(address);
  const KEYS_A_SECOND = 30;
  const text = 'Nobody waits for a word that they have typed once already, not even for this one.';
  await reply(page).pressSequentially(text, { delay: 1000 / KEYS_A_SECOND });
  const cdp = await page.context().newCDPSession(page);
  void cdp.send('Page.crash').catch(() => {}); // there is nobody left to answer
  await page.waitForEvent('crash');
  const again = await page.context().newPage();
  await again.goto(address);
  await expect(reply(again)).toHaveValue(new RegExp(`^${text.slice(0, -KEYS_A_SECOND)}`), SLOW);
});

test('A11: of a browser that is killed the server has the draft of a reply', async (t) => {
  const browser = browserOf(t, 'Daniel Reyes');
  const address = await addressOfWaiting();
  const page = await browser.open();
  await page.goto(address);
  await reply(page).fill('Before the power went off');
  const drafts = async () =>
    (await desk.api<{ drafts: { body: string }[] }>(`/staff/tickets/${address.split('/').at(-1)}`)).drafts;
  await expect
    .poll(drafts, SLOW)
    .toContainEqual(expect.objectContaining({ body: 'Before the power went off' }));
  await kill(page);

  const again = await browser.open();
  await again.goto(address);
  const offer = again.getByText(/^Draft from another device/);
  const isBack = async () =>
    (await offer.isVisible()) || (await reply(again).inputValue()) === 'Before the power went off';
  await expect.poll(isBack, SLOW).toBe(true);
});

test('A11: a browser that is killed has the client’s draft, with its files, and it can be sent', async (t) => {
  const browser = browserOf(t, 'Jonas Weber');
  const openTicket = async () => {
    const page = await browser.open();
    await page.getByRole('link', { name: /DDoS on/ }).click();
    await expect(message(page)).toBeVisible(SLOW);
    return page;
  };
  const page = await openTicket();
  await message(page).fill('Before the battery was empty');
  await page.locator('input[type=file]').setInputFiles([textFile('traffic.log', '203.0.113.9 SYN')]);
  // The browser writes it down some seconds later; only what is on the disk outlives it.
  await expect
    .poll(() => browser.stored(), SLOW)
    .toMatch(/Before the battery was empty.{0,100}traffic\.log/s);
  await kill(page);

  const again = await openTicket();
  await expect(message(again)).toHaveValue('Before the battery was empty');
  await expect(again.getByRole('list', { name: 'Attached files' }).getByText('traffic.log')).toBeVisible();
  await again.getByRole('button', { name: 'Send' }).click();
  const sent = again.getByRole('article').filter({ hasText: 'Before the battery was empty' }).last();
  await expect(sent.getByText('traffic.log')).toBeVisible(SLOW);
  await expect(again.getByText('sending…')).toHaveCount(0, SLOW);
  await expect(message(again)).toHaveValue('');
});
