/** The composer: what is written is sent once, can be undone, and is never lost or mistaken. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';
import { give, image, textFile } from './files.ts';

const desk = await openDesk();
after(() => desk.close());

interface Comment {
  id: number;
  body: string;
  is_internal: boolean;
  mentions: number[];
}
interface Ticket {
  comments: Comment[];
  delayed_replies: { body: string }[];
  drafts: { body: string; staff_name: string }[];
  status_key: string;
}

const slow = { timeout: 20_000 };
const find = (number: number) => desk.api<Ticket>(`/staff/tickets/${number}`);
const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
const note = (page: Page) => page.getByRole('textbox', { name: 'Write a note for the team…' });
const thread = (page: Page) => page.getByRole('region', { name: 'Conversation' });
const sendButton = (page: Page) => page.getByRole('button', { name: /^Send reply/ });

let next = 0;
/** A ticket of its own for each test, open in the console of an agent. */
async function openTicket(name = 'Elena Markova', number = 0) {
  const visitor = await desk.agent(name);
  const { items } = await desk.api<{ items: { number: number }[] }>(
    '/staff/tickets?waiting=support&is_closed=false&sort=created',
  );
  const chosen = number || (items[next++]?.number ?? 0);
  await visitor.page.goto(`${desk.url}/console/open/${chosen}`);
  await expect(reply(visitor.page)).toBeVisible(slow);
  return { ...visitor, number: chosen };
}

/** The replies of Elena Markova wait for a moment only. */
const shortenUndo = () =>
  desk.api('/staff/me', { method: 'PATCH', body: '{"preferences":{"undo_seconds":2}}' });

async function countOf(number: number, body: string) {
  const { comments, delayed_replies } = await find(number);
  return [...comments, ...delayed_replies].filter((each) => each.body === body).length;
}

const isSent = (number: number, body: string) =>
  expect
    .poll(async () => (await find(number)).comments.filter((each) => each.body === body).length, slow)
    .toBe(1);

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
  await shortenUndo();
  const { page, number } = await openTicket();
  await reply(page).fill('Sent without a page');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await page.close();
  await isSent(number, 'Sent without a page');
});

test('20: a note cannot be taken for a reply, and a reply that calls a colleague is asked about', async () => {
  const { page, number, errors } = await openTicket();
  await reply(page).fill('The reply');
  const color = () => page.getByRole('form').evaluate((form) => getComputedStyle(form).backgroundColor);
  const replyColor = await color();
  await page.getByRole('button', { name: 'Internal note' }).click();
  await expect(note(page)).toBeFocused();
  await expect(note(page)).toHaveValue('');
  assert.notEqual(await color(), replyColor);
  await expect(page.getByRole('button', { name: /^Add note/ })).toBeVisible();
  await page.keyboard.type('Look, @Dan');
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('Daniel Reyes', slow);
  await page.keyboard.press('Enter');
  await expect(note(page)).toHaveValue('Look, @Daniel Reyes ');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(
      async () => (await find(number)).comments.find(({ body }) => body.startsWith('Look, @'))?.is_internal,
      slow,
    )
    .toBe(true);
  const sent = (await find(number)).comments.find(({ body }) => body.startsWith('Look, @'));
  assert.equal(sent?.mentions.length, 1);

  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(reply(page)).toHaveValue('The reply');
  await reply(page).fill('@Daniel can you see this?');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Mention colleagues in a public reply?' });
  await expect(dialog).toBeVisible(slow);
  await dialog.getByRole('button', { name: 'Make it an internal note' }).click();
  await expect(note(page)).toHaveValue('@Daniel can you see this?');
  assert.equal(await countOf(number, '@Daniel can you see this?'), 0);
  assert.deepEqual(errors, []);
});

test('21: two agents reply at once: the second one sees the first reply, and keeps the text', async () => {
  await shortenUndo();
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

test('21: a reply whose client writes before it is due is not sent, and stands in the composer again', async () => {
  const account = await desk.account('Lantern');
  const opened = await account.open('Writes at the same time');
  await desk.api('/staff/me', { method: 'PATCH', body: '{"preferences":{"undo_seconds":4}}' });
  const { page, number, errors } = await openTicket('Elena Markova', opened);
  await reply(page).fill('Please restart it.');
  await reply(page).press('Control+Enter');
  await expect(thread(page).getByText(/^sending in/)).toBeVisible(slow);
  await account.comment(number, 'It works again!');
  await expect(page.getByText(`Your reply to #${number} was not sent`).first()).toBeVisible(slow);
  await expect(reply(page)).toHaveValue('Please restart it.', slow);
  await expect(thread(page).getByText('It works again!')).toBeVisible(slow);
  await reply(page).press('Control+Enter'); // its author has seen it now
  await isSent(number, 'Please restart it.');
  assert.deepEqual(errors, []);
});

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
  await expect(sendButton(page)).toBeEnabled(slow);

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
  await home.page.getByRole('button', { name: 'Use' }).click();
  await expect(reply(home.page)).toHaveValue('Begun at the office');
  const colleague = await openTicket('Daniel Reyes', number);
  await expect(colleague.page.getByText('Elena Markova has a draft')).toBeVisible(slow);
});

test('27: a canned response stands at the caret, filled in, with the text around it', async () => {
  const { page, errors } = await openTicket();
  await reply(page).fill('Before.  After.');
  await reply(page).press('Home');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('/mtr');
  const option = page.getByRole('option', { name: /mtr/ });
  await expect(option).toBeVisible(slow);
  await expect(reply(page)).toHaveAttribute('aria-activedescendant', /.+/);
  await page.keyboard.press('Tab');
  await expect(reply(page)).toHaveValue(/^Before\. (?!\/)[^{]{20,} After\.$/s, slow);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(reply(page)).toHaveValue(/^Before\. \/mtr? After\.$/);

  await reply(page).fill('bold');
  await reply(page).press('Control+a');
  await page.keyboard.press('Control+b');
  await expect(reply(page)).toHaveValue('**bold**');
  await page.keyboard.press('Control+Shift+p');
  await expect(page.getByRole('region', { name: 'Preview' }).getByText('bold', { exact: true })).toBeVisible(
    slow,
  );
  assert.deepEqual(errors, []);
});

test('a file that the server would refuse is refused before it is sent, with words', async () => {
  const { page, errors } = await openTicket();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  await expect(page.getByRole('button', { name: 'Attach files' })).toHaveAttribute(
    'title',
    'Attach files (Ctrl+Shift+A). Up to 10 files, 20 MB each',
    slow,
  );
  const large = { ...textFile('dump.txt', ''), buffer: Buffer.alloc(20_000_001, 'a') };
  await page.locator('input[type=file]').setInputFiles([large, textFile('virus.exe', 'a')]);
  const attached = page.getByRole('list', { name: 'Attached files' });
  await expect(attached.getByText('Larger than 20 MB')).toBeVisible();
  await expect(attached.getByText('Files of this type cannot be sent')).toBeVisible();
  assert.deepEqual(
    sent.filter((path) => path === '/staff/files'),
    [],
  );
  assert.deepEqual(errors, []);
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

test('files are dropped anywhere on the ticket, and pasted with their names', async () => {
  const { page, errors } = await openTicket();
  const attached = (name: string) => page.getByRole('form', { name: 'Reply' }).getByText(name);
  await give(page.locator('#conversation header').first(), 'drop', { files: [image('on-header.png')] });
  await give(page.getByRole('complementary', { name: 'Details' }), 'drop', {
    files: [image('on-details.png')],
  });
  await give(reply(page), 'paste', { files: [image('copied.png')], text: '/home/elena/copied.png' });
  for (const name of ['on-header.png', 'on-details.png', 'copied.png'])
    await expect(attached(name)).toBeVisible(slow);
  await expect(reply(page)).toHaveValue('');
  await give(reply(page), 'paste', { files: [image('cell.png')], text: 'A cell of a spreadsheet' });
  await expect(attached('cell.png')).toHaveCount(0);
  assert.deepEqual(errors, []);
});

test('tooltips name the keys as they are bound now', async () => {
  const { page } = await openTicket();
  await expect(page.getByRole('button', { name: 'Internal note' })).toHaveAttribute(
    'title',
    'Internal note (N)',
  );
  await expect(page.getByRole('button', { name: 'Quote' }).first()).toHaveAttribute('title', 'Quote (Q)');
  await expect(page.getByRole('button', { name: 'Attach files' })).toHaveAttribute(
    'title',
    /\(Ctrl\+Shift\+A\)/,
  );
  await expect(page.getByRole('link', { name: /^Unassigned/ }).first()).toHaveAttribute(
    'title',
    'Unassigned (G 2)',
  );
});

test('an emoji is found by its name and stands at the caret, by the keyboard alone', async () => {
  const { page, errors } = await openTicket();
  await reply(page).fill('Well done!');
  await reply(page).press('Home');
  await page.getByRole('button', { name: 'Emoji' }).focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Find an emoji' });
  await expect(search).toBeFocused(slow);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Emoji' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(search).toBeFocused(slow);
  await page.keyboard.type('party popper');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  assert.deepEqual(await axeViolations(page, ['[data-base-ui-focus-guard]']), []);
  await page.keyboard.press('Enter');
  await expect(reply(page)).toHaveValue('🎉Well done!');
  await expect(reply(page)).toBeFocused();

  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(page.getByRole('gridcell').first()).toHaveAccessibleName('party popper', slow); // the last one
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('no-such-thing');
  await expect(page.getByText('No emoji has this name.')).toBeVisible();
  assert.deepEqual(errors, []);
});
