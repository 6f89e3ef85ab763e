/** The composer: notes are not taken for replies; what is inserted, formatted and attached. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';
import { give, image, textFile } from './files.ts';
import { note, reply, slow, writingOn } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());
const { countOf, find, openTicket } = writingOn(desk);

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
  const dialog = page.getByRole('dialog', { name: 'Mention team members in a public reply?' });
  await expect(dialog).toBeVisible(slow);
  await dialog.getByRole('button', { name: 'Make it an internal note' }).click();
  await expect(note(page)).toHaveValue('@Daniel can you see this?');
  assert.equal(await countOf(number, '@Daniel can you see this?'), 0);
  assert.deepEqual(errors, []);
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

test('what is typed while a ticket loads is in its composer when it has come, with the focus and the caret', async () => {
  const { page, errors } = await openTicket();
  await page.route(/\/staff\/tickets\/\d+$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue().catch(() => {}); // the page has gone
  });
  await page.goto(`${desk.url}/console/open`); // nothing is read ahead there
  const row = page.locator('[data-number]').first();
  const number = Number(await row.getAttribute('data-number'));
  await row.click();
  const early = page.getByRole('textbox', { name: 'Reply', exact: true });
  await expect(early).toBeVisible();
  await page.keyboard.press('r');
  await expect(early).toBeFocused();
  await page.keyboard.type('. End');
  await page.keyboard.press('Home'); // the caret is not where a new field has it
  const text = 'Typed while the ticket was on its way, and after it had come; no letter is lost';
  await page.keyboard.type(text, { delay: 50 });
  await expect(early).toHaveCount(0);
  await expect(reply(page)).toHaveValue(`${text}. End`);
  await expect(reply(page)).toBeFocused();
  await expect
    .poll(async () => (await find(number)).drafts.map(({ body }) => body), slow)
    .toContain(`${text}. End`);

  await page.reload();
  await expect(early).toHaveValue(`${text}. End`, slow);
  await expect(reply(page)).toHaveValue(`${text}. End`, slow);
  await expect(reply(page)).not.toBeFocused();
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
  await page.keyboard.type('smiling face with halo');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  assert.deepEqual(await axeViolations(page, ['[data-base-ui-focus-guard]']), []);
  await page.keyboard.press('Enter');
  await expect(reply(page)).toHaveValue('😇Well done!');
  await expect(reply(page)).toBeFocused();

  await page.getByRole('button', { name: 'Emoji' }).click();
  await expect(page.getByRole('gridcell').first()).toHaveAccessibleName('smiling face with halo', slow); // the last one
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('no-such-thing');
  await expect(page.getByText('No emoji has this name.')).toBeVisible();
  assert.deepEqual(errors, []);
});
