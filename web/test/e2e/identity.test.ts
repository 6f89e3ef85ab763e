/** A message is one element from the moment it is sent: not drawn anew, not there twice, and never missing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page, Route } from 'playwright-core';
import { openDesk } from './desk.ts';
import { note, reply, slow, thread, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { find, openTicket, setUndo, isSent } = writingOn(desk);
const account = await desk.account('Kestrel');
await setUndo(2);

const message = (page: Page) => page.getByRole('textbox', { name: 'Write a message…' });
const posted = (handle: (route: Route) => Promise<void>) => (route: Route) =>
  route.request().method() === 'POST' ? handle(route) : route.continue();
/** The server has it long before the page hears of it: the event comes first. */
const late = posted(async (route) => {
  const response = await route.fetch();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await route.fulfill({ response });
});
/** Nothing of it is known, not even by an event, until the page has been looked at. */
const slowly = posted(async (route) => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  await route.continue();
});

interface Watched {
  counts: Set<number>;
  heights: Set<number>;
  tops: Set<number>;
  element: Element | undefined;
}
declare global {
  interface Window {
    watched: Watched;
  }
}

/** From now on: how often the thread has these words, and where and how high the message stands. */
const watch = (page: Page, words: string) =>
  page.evaluate((words) => {
    const box = document.querySelector('section[aria-label="Conversation"]');
    const watched: Watched = { counts: new Set(), heights: new Set(), tops: new Set(), element: undefined };
    window.watched = watched;
    const rows = () =>
      [...(box?.querySelectorAll('li:has(> article)') ?? [])].filter((row) =>
        row.textContent?.includes(words),
      );
    new MutationObserver(() => {
      const found = rows();
      if (!watched.element && found.length === 0) return;
      watched.element ??= found[0];
      watched.counts.add(found.length);
    }).observe(box ?? document, { childList: true, subtree: true, characterData: true });
    const measure = () => {
      const inside = watched.element?.getBoundingClientRect();
      if (inside) {
        watched.heights.add(Math.round(inside.height));
        watched.tops.add(Math.round(inside.top));
      }
      requestAnimationFrame(measure);
    };
    measure();
  }, words);

/** It is a comment now, in the element that it has been from the beginning. */
async function isSame(page: Page) {
  await expect
    .poll(() => page.evaluate(() => /^c\d+$/.test(window.watched.element?.id ?? '')), slow)
    .toBe(true);
  const seen = await page.evaluate(() => {
    const { counts, heights, tops, element } = window.watched;
    return { counts: [...counts], heights: [...heights], tops: [...tops], isThere: element?.isConnected };
  });
  assert.equal(seen.isThere, true);
  assert.deepEqual(seen.counts, [1]);
  return seen;
}

for (const [how, handle] of [
  ['', slowly],
  [', also when the event comes before the response', late],
] as const) {
  test(`a reply is the same element from the outbox over its delay to the comment${how}`, async () => {
    const { page, number, errors } = await openTicket('Elena Markova', await account.open('Replied'));
    await page.route('**/delayed-replies', handle);
    await reply(page).fill('It is restarted.');
    await watch(page, 'It is restarted.');
    await reply(page).press('Control+Enter');
    await expect(thread(page).getByText('sending…')).toBeVisible(slow);
    await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
    const { heights } = await isSame(page);
    assert.equal(heights.length, 1);
    await isSent(number, 'It is restarted.');
    assert.deepEqual(errors, []);
  });

  test(`an internal note is the same element from the outbox to the comment${how}`, async () => {
    const { page, errors } = await openTicket('Elena Markova', await account.open('Noted'));
    await page.route('**/comments', handle);
    await page.keyboard.press('n');
    await note(page).fill('Ask the night shift.');
    await watch(page, 'Ask the night shift.');
    await note(page).press('Control+Enter');
    const { heights } = await isSame(page);
    assert.equal(heights.length, 1);
    assert.deepEqual(errors, []);
  });

  test(`a message of the portal is the same element from the outbox to the comment${how}`, async () => {
    const { page, errors } = await desk.client('Jonas Weber');
    await page.goto(`${desk.url}/portal/t/${await account.open('Commented')}`);
    await expect(message(page)).toBeVisible(slow);
    await page.route('**/comments', handle);
    await message(page).fill('It is slow again.');
    await watch(page, 'It is slow again.');
    await message(page).press('Control+Enter');
    const { heights } = await isSame(page);
    assert.equal(heights.length, 1);
    assert.deepEqual(errors, []);
  });
}

test('a message that reopens a ticket is the same element as its comment', async () => {
  const number = await account.open('Reopened');
  await desk.api(`/staff/tickets/${number}/close`, { method: 'POST', body: '{}' });
  const { page, errors } = await desk.client('Jonas Weber');
  await page.goto(`${desk.url}/portal/t/${number}`);
  const field = page.getByRole('textbox', { name: 'Write to reopen this ticket…' });
  await field.fill('It is back.');
  await watch(page, 'It is back.');
  await field.press('Control+Enter');
  await isSame(page);
  assert.deepEqual(errors, []);
});

test('in another tab it is the same element, too', async () => {
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Two tabs'));
  const other = await page.context().newPage();
  await other.goto(`${desk.url}/console/open/${number}`);
  await expect(reply(other)).toBeVisible(slow);
  await watch(other, 'Seen in both.');
  await page.bringToFront();
  await reply(page).fill('Seen in both.');
  await reply(page).press('Control+Enter');
  await isSame(other);
  assert.deepEqual(errors, []);
});

test('two messages with the same words are two elements, each of which stays', async () => {
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Twice'));
  for (const words of ['Bump.', 'Bump.']) {
    await reply(page).fill(words);
    await reply(page).press('Control+Enter');
  }
  const rows = thread(page).getByRole('listitem').filter({ hasText: 'Bump.' });
  await expect(rows).toHaveCount(2);
  await page.evaluate(() => {
    const found = [...document.querySelectorAll('li:has(> article)')];
    for (const row of found) if (row.textContent?.includes('Bump.')) row.setAttribute('data-marked', '');
  });
  await expect.poll(async () => (await find(number)).comments.length, slow).toBe(3);
  await expect(rows).toHaveCount(2);
  await expect(page.locator('li[data-marked][data-comment]')).toHaveCount(2, slow);
  assert.deepEqual(errors, []);
});

test('a reply that is not sent in the end is refused in its place', async () => {
  await setUndo(5); // the client writes within it
  const { page, number, errors } = await openTicket('Elena Markova', await account.open('Stopped'));
  await reply(page).fill('Please restart it.');
  await watch(page, 'Please restart it.');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await account.comment(number, 'It works again!');
  const question = page.getByRole('dialog', { name: 'Somebody has written meanwhile', exact: true });
  await question.getByRole('button', { name: 'Send anyway' }).click(slow);
  await isSame(page);
  await setUndo(2);
  assert.deepEqual(errors, []);
});
