/** What is written is sent once, can be undone, and not past what somebody else has written meanwhile. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { reply, slow, thread, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { countOf, isSent, openTicket, setUndo } = writingOn(desk);

test('17: a reply is undone by its button and by z, and stands in the composer again', async () => {
  const { page, number, errors } = await openTicket();
  await page.keyboard.press('r');
  await page.keyboard.type('First thoughts');
  await page.keyboard.press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await expect(reply(page)).toHaveValue('');
  await page.keyboard.type('typed since');
  await thread(page).getByRole('button', { name: 'Undo' }).click();
  await expect(reply(page)).toHaveValue('First thoughts\n\ntyped since');

  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await page.keyboard.press('Escape');
  await page.keyboard.press('z');
  await expect(reply(page)).toHaveValue('First thoughts\n\ntyped since', slow);
  await expect(thread(page).getByText(/^sending/)).toBeHidden();
  assert.equal(await countOf(number, 'First thoughts\n\ntyped since'), 0);
  assert.deepEqual(errors, []);
});

test('18: a reply is sent although its page was closed', async () => {
  await setUndo(2);
  const { page, number } = await openTicket();
  await reply(page).fill('Sent without a page');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await page.close();
  await isSent(number, 'Sent without a page');
});

test('21: two agents reply at once: the second one sees the first reply, and keeps the text', async () => {
  await setUndo(2);
  const first = await openTicket();
  const second = await openTicket('Daniel Reyes', first.number);
  await second.page.context().setOffline(true);
  await reply(second.page).fill('Reboot it, please.');
  await reply(second.page).press('Control+Enter');
  await expect(second.page.getByText('will be sent when you are back online')).toBeVisible(slow);
  await reply(first.page).fill('Do not reboot it!');
  await reply(first.page).press('Control+Enter');
  await isSent(first.number, 'Do not reboot it!');
  await second.page.context().setOffline(false);

  const dialog = second.page.getByRole('dialog', { name: 'Somebody has written meanwhile' });
  await expect(dialog).toBeVisible(slow);
  await expect(dialog.getByText('Do not reboot it!')).toBeVisible();
  await expect(dialog.getByText('Reboot it, please.', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Review' }).click();
  await expect(reply(second.page)).toHaveValue('Reboot it, please.');
  await expect(thread(second.page).getByText('Do not reboot it!')).toBeVisible();
  assert.equal(await countOf(first.number, 'Reboot it, please.'), 0);
});

test('how long a reply can be undone is a setting of the member', async () => {
  const { page, errors, number } = await openTicket('Daniel Reyes');
  const preferences = () =>
    page.evaluate(
      async () => (await (await fetch('/staff/me')).json()).preferences as { undo_seconds?: number },
    );
  await page.goto(`${desk.url}/console/settings/replies`);
  const slider = page.getByRole('slider', { name: 'How long a reply can be undone' });
  await expect(slider).toHaveAttribute('aria-valuetext', '8 seconds');
  await slider.focus();
  for (let i = 0; i < 22; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await preferences()).undo_seconds, slow).toBe(30);
  await page.goto(`${desk.url}/console/open/${number}`);
  await reply(page).fill('There is plenty of time');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in (2\d|30) s/)).toBeVisible(slow);
  await page.getByRole('button', { name: 'Undo' }).first().click();

  await page.goto(`${desk.url}/console/settings/replies`);
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'not at all');
  await expect.poll(async () => (await preferences()).undo_seconds, slow).toBe(0);
  await page.goto(`${desk.url}/console/open/${number}`);
  await reply(page).fill('At once');
  await reply(page).press('Control+Enter');
  await isSent(number, 'At once');
  assert.deepEqual(errors, []);
});
