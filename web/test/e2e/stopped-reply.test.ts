/** A reply that the server held and did not send, as the client wrote meanwhile: its author decides, and no text is lost. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';
import { reply, slow, thread, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { countOf, find, openTicket, setUndo } = writingOn(desk);
const account = await desk.account('Lantern');
await setUndo(3);

const question = (page: Page) =>
  page.getByRole('dialog', { name: 'Somebody has written meanwhile', exact: true });
const draftsOf = async (number: number) => (await find(number)).drafts.map(({ body }) => body);

/** A reply that is not sent, as its client writes within the three seconds in which it can be undone. */
async function writeAtOnce(summary: string, press = 'Control+Enter') {
  const visitor = await openTicket('Elena Markova', await account.open(summary));
  const { page, number } = visitor;
  await reply(page).fill('Please restart it.');
  await reply(page).press(press);
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await account.comment(number, 'It works again!');
  return visitor;
}

test('21: both texts are shown, and it is sent anyway, once, with all that was asked for', async () => {
  const { page, number, errors } = await writeAtOnce('Sent anyway', 'Control+Shift+Enter');
  await reply(page).fill('typed since');
  await expect(question(page)).toBeVisible(slow);
  await expect(question(page)).toContainText('It works again!');
  await expect(question(page)).toContainText('Please restart it.');
  assert.equal(await countOf(number, 'Please restart it.'), 0);
  await question(page).getByRole('button', { name: 'Send anyway' }).click();
  await expect(question(page)).toBeHidden();
  await expect.poll(async () => (await find(number)).status_key, slow).toBe('resolved');
  assert.equal(await countOf(number, 'Please restart it.'), 1);
  await expect(reply(page)).toHaveValue('typed since');
  await expect.poll(() => draftsOf(number), slow).toEqual(['typed since']);
  await expect(page.getByText(/^Draft from another device/)).toBeHidden();
  await expect(page.getByText(/^It was not sent/)).toBeHidden();
  assert.deepEqual(errors, []);
});

test('21: to review it is to have it in the composer, before what was typed since', async () => {
  const { page, number, errors } = await writeAtOnce('Reviewed');
  await reply(page).fill('typed since');
  await question(page).getByRole('button', { name: 'Review' }).click(slow);
  await expect(reply(page)).toHaveValue('Please restart it.\n\ntyped since');
  await expect(reply(page)).toBeFocused();
  await expect(page.getByText(/^Draft from another device/)).toBeHidden();
  await reply(page).press('Control+Enter'); // its author has seen the new message now
  await expect.poll(() => countOf(number, 'Please restart it.\n\ntyped since'), slow).toBe(1);
  await expect(question(page)).toBeHidden();
  await expect.poll(() => draftsOf(number), slow).toEqual([]);
  assert.deepEqual(errors, []);
});

test('21: elsewhere a message says it and leads there; the question outlives a reload, in every tab once', async () => {
  const { page, number, errors } = await writeAtOnce('Asked later');
  const other = await page.context().newPage();
  await other.goto(`${desk.url}/console/mine`);
  await page.keyboard.press('Escape');
  await page.locator(`[data-number="${number}"]`).focus();
  await page.keyboard.press('j');
  await page.getByRole('button', { name: `Open #${number}` }).click(slow);
  await expect(question(page)).toBeVisible(slow);
  await page.reload();
  await expect(question(page)).toBeVisible(slow);
  await other.goto(`${desk.url}/console/open/${number}`);
  await expect(question(other)).toBeVisible(slow);
  await question(other).getByRole('button', { name: 'Send anyway' }).click();
  await expect(question(page)).toBeHidden();
  await expect.poll(async () => (await find(number)).delayed_replies.length, slow).toBe(0);
  await expect.poll(() => countOf(number, 'Please restart it.'), slow).toBe(1);
  await expect(thread(page).getByText('Please restart it.', { exact: true })).toHaveCount(1);
  assert.deepEqual(errors, []);
});
