/** What is written is not lost: not by what others do to the ticket, and not on another device. */
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { reply, slow, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { find, openTicket } = writingOn(desk);

test('22: what a colleague does to the ticket never touches a draft, and it survives a reload', async () => {
  const { page, number } = await openTicket();
  await reply(page).fill('Half a thou');
  await desk.api(`/staff/tickets/${number}`, {
    method: 'PATCH',
    body: JSON.stringify({ assignee_id: null, priority: 'high' }),
  });
  await desk.api(`/staff/tickets/${number}/close`, { method: 'POST', body: '{"reason":"other"}' });
  await expect(page.getByText('This ticket is closed.')).toBeVisible(slow);
  await expect(reply(page)).toHaveValue('Half a thou');
  await reply(page).press('End');
  await page.keyboard.type('ght');
  await expect.poll(async () => (await find(number)).drafts.at(0)?.body, slow).toBe('Half a thought');
  await page.reload();
  await expect(reply(page)).toHaveValue('Half a thought', slow);
  await expect(page.getByText(/^Draft from another device/)).toBeHidden();
  await page.getByRole('button', { name: 'Reopen' }).first().click();
  await expect(page.getByRole('button', { name: /^Send reply/ })).toBeEnabled(slow);

  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(reply(page)).toHaveValue('');
  const discarded = page.getByRole('dialog', { name: 'The draft is discarded' });
  await discarded.getByRole('button', { name: 'Undo' }).click();
  await expect(reply(page)).toHaveValue('Half a thought');
});

test('a draft of another device is offered, and one of a colleague is named', async () => {
  const { page, number } = await openTicket();
  await reply(page).fill('Begun at the office');
  await expect.poll(async () => (await find(number)).drafts.at(0)?.body, slow).toBe('Begun at the office');
  const home = await openTicket('Elena Markova', number);
  await expect(home.page.getByText(/^Draft from another device/)).toBeVisible(slow);
  await home.page.getByRole('button', { name: 'Use', exact: true }).click();
  await expect(reply(home.page)).toHaveValue('Begun at the office');
  const colleague = await openTicket('Daniel Reyes', number);
  await expect(colleague.page.getByText('Elena Markova has a draft')).toBeVisible(slow);
});
