/** Messages of the desktop: asked for by a click, shown for what concerns the member, and leading to the ticket. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };

interface Shown {
  title: string;
  body: string;
  click(): void;
}
interface Watched {
  /** For each time that the browser was asked: whether it was by a click, or a key. */
  asked: boolean[];
  shown: Shown[];
}

/** Stands in for what a browser without a desktop does not have. `answer` is what its user says. */
function fakeNotifications(answer: NotificationPermission) {
  const watched: Watched = { asked: [], shown: [] };
  class Fake {
    static permission: NotificationPermission =
      (localStorage.getItem('test.permission') as NotificationPermission | null) ?? 'default';
    static async requestPermission() {
      watched.asked.push(navigator.userActivation.isActive);
      localStorage.setItem('test.permission', answer); // a browser keeps it, too
      Fake.permission = answer;
      return answer;
    }
    onclick: (() => void) | null = null;
    close() {}
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      watched.shown.push({ title, body, click: () => this.onclick?.() });
    }
  }
  Object.assign(window, { Notification: Fake, watched });
}

const watched = (page: Page) =>
  page.evaluate(() => {
    const { asked, shown } = (window as unknown as { watched: Watched }).watched; // put there above
    return { asked, shown: shown.map(({ title, body }) => `${title} | ${body}`) };
  });
const shown = async (page: Page) => (await watched(page)).shown;

/** As when another window is in front, or this one is again. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((isHidden) => {
    document.hasFocus = () => !isHidden;
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (isHidden ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event(isHidden ? 'blur' : 'focus'));
  }, isHidden);

/** Daniel Reyes in the console; what is done past it is done by an admin. */
async function openConsole(answer: NotificationPermission) {
  const { page, errors } = await desk.agent('Daniel Reyes');
  await page.addInitScript(fakeNotifications, answer);
  await page.reload();
  await page.waitForSelector('[data-ready]');
  return { page, errors };
}

const turnOn = async (page: Page) => {
  await page.goto(`${desk.url}/console/settings/notifications`);
  await page.getByRole('switch', { name: /^Notifications on this device/ }).click();
};

async function idOf(name: string) {
  const { items } = await desk.api<{ items: { staff_id: number; name: string }[] }>('/staff/members');
  return items.find((member) => member.name === name)?.staff_id ?? assert.fail(name);
}

async function mention(number: number, body: string) {
  const mentions = [await idOf('Daniel Reyes')];
  await desk.api(`/staff/tickets/${number}/comments`, {
    method: 'POST',
    body: JSON.stringify({ body, internal: true, mentions }),
  });
}

async function assign(number: number, name: string) {
  const assignee_id = await idOf(name);
  await desk.api(`/staff/tickets/${number}`, { method: 'PATCH', body: JSON.stringify({ assignee_id }) });
}

test('a mention and an assignment are shown while the page is hidden, and a click opens the ticket', async () => {
  const account = await desk.account('Lantern');
  const [mentioned, assigned] = [await account.open('Who knows this?'), await account.open('Yours now')];
  const { page, errors } = await openConsole('granted');
  await page.locator('[data-number]').first().click();
  await expect(page.getByRole('article').first()).toBeVisible(SLOW);
  assert.deepEqual(await watched(page), { asked: [], shown: [] });

  await turnOn(page);
  await expect(page.getByRole('switch')).toBeChecked();
  assert.deepEqual((await watched(page)).asked, [true]);
  await page.goto(`${desk.url}/console/open`);
  await page.waitForSelector('[data-ready]');
  await setHidden(page, true);
  await mention(mentioned, '@Daniel Reyes, please look.');
  const first = `Elena Markova mentions you in #${mentioned} | Who knows this?`;
  await expect.poll(() => shown(page), SLOW).toEqual([first]);
  await assign(assigned, 'Daniel Reyes');
  const second = `#${assigned} is assigned to you | Yours now`;
  await expect.poll(() => shown(page), SLOW).toEqual([first, second]);
  await account.comment(assigned, 'And it is urgent.');
  await expect.poll(() => shown(page), SLOW).toHaveLength(3); // a reply in a ticket of one’s own
  await account.comment(mentioned, 'And this one is nobody’s.');

  await page.evaluate(() => (window as unknown as { watched: Watched }).watched.shown[0]?.click());
  await expect(page).toHaveURL(new RegExp(`/${mentioned}$`));
  await expect(page.getByText('And this one is nobody’s.').last()).toBeVisible(SLOW);
  assert.equal((await shown(page)).length, 3);
  assert.deepEqual(errors, []);
});

test('nothing is shown of a ticket that is looked at, and nothing once it is switched off', async () => {
  const number = await (await desk.account('Lantern')).open('Looked at');
  const { page, errors } = await openConsole('granted');
  await turnOn(page);
  await page.goto(`${desk.url}/console/open/${number}`);
  await expect(page.getByRole('article').first()).toBeVisible(SLOW);
  await mention(number, 'Seen at once.');
  await expect(page.getByText('Seen at once.').last()).toBeVisible(SLOW);
  assert.deepEqual(await shown(page), []);
  await setHidden(page, true);
  await mention(number, 'Not seen.');
  await expect.poll(() => shown(page), SLOW).toHaveLength(1);
  await setHidden(page, false);

  await page.goto(`${desk.url}/console/settings/notifications`);
  await page.getByRole('switch').click();
  await expect(page.getByRole('switch')).not.toBeChecked();
  await page.goto(`${desk.url}/console/open/${number}`);
  await expect(page.getByRole('article').first()).toBeVisible(SLOW);
  await setHidden(page, true);
  await mention(number, 'Switched off.');
  await expect(page.getByText('Switched off.').last()).toBeAttached(SLOW);
  assert.deepEqual(await shown(page), []);
  assert.deepEqual(errors, []);
});

test('a member who is busy is not interrupted', async () => {
  const number = await (await desk.account('Lantern')).open('Not now');
  const { page, errors } = await openConsole('granted');
  await turnOn(page);
  const choose = async (availability: string) => {
    await page.getByRole('button', { name: /Daniel Reyes/ }).click();
    await page.getByRole('menuitemradio', { name: availability }).click();
    await expect(page.getByRole('button', { name: /Daniel Reyes/ })).toHaveAccessibleName(
      new RegExp(availability),
    );
  };
  await choose('Busy');
  await page.getByRole('link', { name: /^Mentions/ }).click();
  await mention(number, 'When you have time.');
  await expect(page.locator(`[data-number="${number}"]`)).toBeVisible(SLOW);
  await choose('Online');
  await mention(number, 'And now?');
  await expect.poll(() => shown(page), SLOW).toHaveLength(1);
  assert.deepEqual(errors, []);
});

test('a browser that refuses is asked once, and the page says where to allow it', async () => {
  const { page } = await openConsole('denied');
  await turnOn(page);
  await expect(page.getByText('The browser blocks notifications of this page.')).toBeVisible();
  await expect(page.getByRole('switch')).not.toBeChecked();
  await page.reload();
  await expect(page.getByText('The browser blocks notifications of this page.')).toBeVisible(SLOW);
  assert.deepEqual((await watched(page)).asked, []);
});
