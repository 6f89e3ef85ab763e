/** How a thread is read, in both faces: where it opens, what comes when one scrolls up, and what stays where it is. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';
import { slow, thread } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const account = await desk.account('Kestrel');

const say = (number: number, body: string) =>
  desk.api<{ id: number }>(`/staff/tickets/${number}/comments`, {
    method: 'POST',
    body: JSON.stringify({ body, internal: false }),
  });
const bodyOf = (index: number) => `Message ${index}.${'\n\nMore of it.'.repeat(index % 4)}`;

/** A ticket with so many messages, which its client has read; returns the id of each. */
async function openTicket(count: number) {
  const number = await account.open('A conversation', 'Message 1.');
  const ids: number[] = [0];
  for (let index = 2; index <= count; index++) ids.push((await say(number, bodyOf(index))).id);
  await desk.query(`update comments set is_client_read = true where ticket_number = ${number}`);
  return { number, ids };
}

const faces = [
  {
    face: 'console',
    visit: () => desk.agent('Hanna Lindqvist'),
    addressOf: (number: number) => `/console/open/${number}`,
  },
  {
    face: 'portal',
    visit: () => desk.client('Jonas Weber'),
    addressOf: (number: number) => `/portal/t/${number}`,
  },
];

const messages = (page: Page) => thread(page).locator('li:has(> article)');
const first = (page: Page, index: number) =>
  expect(messages(page).first().getByText(`Message ${index}.`, { exact: true })).toBeAttached(slow);
const isAtEnd = (page: Page) =>
  expect
    .poll(() => thread(page).evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2), slow)
    .toBe(true);

/** Goes to a place near the top, like a reader, and says where the first message in view is. */
const goUp = (page: Page) =>
  thread(page).evaluate((box) => {
    box.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
    box.scrollTop = 40;
    return [...box.querySelectorAll('li[id^=c]')].map((row) => ({
      id: row.id,
      top: Math.round(row.getBoundingClientRect().top),
    }))[1];
  });
const topOf = (page: Page, id = '') =>
  page.locator(`#${id}`).evaluate((row) => Math.round(row.getBoundingClientRect().top));

for (const { face, visit, addressOf } of faces) {
  test(`${face}: at the top earlier messages come by themselves, and what is read stays where it is`, async () => {
    const { number } = await openTicket(170);
    const { page, errors } = await visit();
    let requests = 0;
    await page.route(/comments\?.*before=/, async (route) => {
      requests++;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await page.goto(desk.url + addressOf(number));
    await first(page, 131);
    await isAtEnd(page);
    for (const index of [71, 11, 1]) {
      const before = await goUp(page);
      if (face === 'console' && index === 11) await goUp(page); // while it is read: it comes once, nevertheless
      await first(page, index);
      assert.ok(Math.abs((await topOf(page, before?.id)) - (before?.top ?? 0)) <= 1);
    }
    await expect(page.getByRole('button', { name: /earlier message/ })).toBeHidden();
    await goUp(page);
    await expect(messages(page)).toHaveCount(170);
    const texts = await messages(page).locator('.markdown').allInnerTexts();
    assert.deepEqual(
      texts.map((text) => text.split('\n')[0]),
      Array.from({ length: 170 }, (_, index) => `Message ${index + 1}.`),
    );
    assert.equal(requests, face === 'console' ? 1 : 0);
    assert.deepEqual(errors, []);
  });

  test(`${face}: a short conversation reads nothing more`, async () => {
    const { number } = await openTicket(3);
    const { page, errors } = await visit();
    const asked: string[] = [];
    await page.goto(desk.url + addressOf(number));
    await expect(messages(page)).toHaveCount(3, slow);
    page.on('request', (request) => asked.push(request.url()));
    await thread(page).hover();
    for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -300);
    await page.waitForTimeout(300);
    assert.deepEqual(
      asked.filter((url) => /comments/.test(url)),
      [],
    );
    await expect(messages(page)).toHaveCount(3);
    assert.deepEqual(errors, []);
  });

  for (const [count, place] of [
    [20, 'at the line above them'],
    [60, 'at the end, as they are too many'],
  ] as const) {
    test(`${face}: with ${count} new messages it opens ${place}`, async () => {
      const { number, ids } = await openTicket(30);
      const { page, errors } = await visit();
      await page.goto(desk.url + addressOf(number));
      await expect(messages(page).last()).toBeInViewport(slow);
      const seen = { [number]: ids.at(-1) };
      await page.evaluate((seen) => localStorage.setItem('paneldesk.last-seen', JSON.stringify(seen)), seen);
      await page.goto('about:blank');
      for (let index = 31; index <= 30 + count; index++) await say(number, bodyOf(index));
      await page.goto(desk.url + addressOf(number));
      await expect(messages(page).last()).toBeAttached(slow);
      if (count === 60) {
        await isAtEnd(page);
        await expect(messages(page)).toHaveCount(40);
      } else {
        await expect(page.locator('#new')).toBeInViewport(slow);
        const down = await thread(page).evaluate((box) => {
          const line = document.querySelector('#new')?.getBoundingClientRect().top ?? 0;
          return line - box.getBoundingClientRect().top;
        });
        assert.ok(down >= 0 && down < 40);
      }
      assert.deepEqual(errors, []);
    });
  }

  test(`${face}: it stays at the end until the reader scrolls up; then it says how many are new below`, async () => {
    const { number } = await openTicket(30);
    const { page, errors } = await visit();
    await page.goto(desk.url + addressOf(number));
    await isAtEnd(page);
    await say(number, 'Message 31.');
    await expect(messages(page).last()).toContainText('Message 31.', slow);
    await isAtEnd(page);

    const place = await thread(page).evaluate((box) => {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
      box.scrollTop -= 600;
      return box.scrollTop;
    });
    for (const index of [32, 33]) await say(number, `Message ${index}.`);
    const pill = page.getByRole('button', { name: '2 new', exact: true });
    await expect(pill).toBeVisible(slow);
    assert.equal(await thread(page).evaluate((box) => box.scrollTop), place);
    await pill.click();
    await isAtEnd(page);
    await expect(pill).toBeHidden();

    await thread(page).evaluate((box) => {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
      box.scrollTop -= 600;
    });
    const field = page.getByRole('textbox', { name: /^(?:Reply to|Write a message)/ });
    await field.fill('My own.');
    await field.press('Control+Enter');
    await expect(messages(page).last()).toContainText('My own.');
    await isAtEnd(page); // what one sends, one sees
    await expect(page.getByRole('button', { name: /\d new$/ })).toBeHidden();
    assert.deepEqual(errors, []);
  });
}
