/** A day's work by keyboard alone: twenty tickets, and the focus is always on something that shows it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { errands, type Ticket } from './keyboard/errands.ts';
import { Keyboard, SLOW, whyNotVisible } from './keyboard/keyboard.ts';

const desk = await openDesk();
after(() => desk.close());
const read = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);

test('40: twenty tickets are worked on by keyboard alone, and the focus is never lost', async () => {
  assert.equal(errands.length, 20);
  const account = await desk.account('Lantern');
  await account.open('Target of the merge');
  const numbers: number[] = [];
  for (const { what } of errands) {
    const number = await account.open(`Errand: ${what}`);
    await account.comment(number, 'And one thing more.');
    numbers.push(number);
  }
  const { page, errors } = await desk.agent('Elena Markova');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const keys = new Keyboard(page);

  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search or jump to…' })).toBeFocused(SLOW);
  await keys.choose('errand', /^Search all tickets/);
  await expect(page.getByRole('link', { name: /Errand: reply/ }).first()).toBeVisible(SLOW);
  await page.goto(`${desk.url}/console/search?q=errand&sort=created`); // the order in which they were opened
  await expect(page.getByRole('link', { name: /Errand: reply/ }).first()).toBeVisible(SLOW);

  let isOpen = false;
  for (const [index, { what, work, isDone, goesOn }] of errands.entries()) {
    const number = numbers[index] ?? 0;
    if (!isOpen) await keys.leaveField();
    if (!isOpen) await keys.press('j');
    await expect(page, what).toHaveURL(new RegExp(`/${number}\\b`));
    await expect(page.getByRole('button', { name: `Errand: ${what}`, exact: true })).toBeVisible(SLOW);
    isOpen = goesOn === true;
    await work(keys);
    await expect.poll(async () => isDone(await read(number)), { ...SLOW, message: what }).toBe(true);
    await expect.poll(() => page.evaluate(whyNotVisible), `the focus after: ${what}`).toBe('');
  }
  assert.deepEqual(errors, []);
});
