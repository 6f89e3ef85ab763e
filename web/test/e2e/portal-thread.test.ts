/** A conversation in the portal: votes, rating, closing and reopening, who speaks, links between tickets, drafts. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk, type Visitor } from './desk.ts';
import { image } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };
const ACCOUNT = 'Kestrel Robotics GmbH';

interface StaffTicket {
  number: number;
  summary: string;
  account_name: string;
  is_closed: boolean;
  vote: { score: number; comment: string | null } | null;
  client_aliased_name: string | null;
  client_emails: string[];
  comments: {
    id: number;
    body: string;
    files: unknown[];
    author_name: string;
    vote: { score: number } | null;
  }[];
}

const read = (number: number) => desk.api<StaffTicket>(`/staff/tickets/${number}`);
const own = await ticketsOf((ticket) => ticket.account_name === ACCOUNT);
const numberOf = (summary: string) => own.find((ticket) => ticket.summary.includes(summary))?.number ?? 0;

async function ticketsOf(isWanted: (ticket: StaffTicket) => boolean) {
  const { items } = await desk.api<{ items: StaffTicket[] }>('/staff/tickets?limit=100');
  return items.filter(isWanted);
}

/** Jonas Weber with a ticket on the page. */
async function open(number: number): Promise<Visitor> {
  const client = await desk.client('Jonas Weber');
  await goTo(client.page, number);
  return client;
}

async function goTo(page: Page, number: number) {
  await page.goto(`${desk.url}/portal/t/${number}`);
  await expect(page.getByRole('article', { name: /,/ }).first()).toBeVisible(SLOW);
}

const settled = (check: () => Promise<boolean>) => expect.poll(check, SLOW).toBe(true);

test('4: a vote on a reply is given, explained, changed and taken back', async () => {
  const number = numberOf('attacks others');
  const { page, errors } = await open(number);
  const reply = page.getByRole('article', { name: /^Hanna Lindqvist/ }).last();
  const voteOf = async () => (await read(number)).comments.at(-1)?.vote?.score ?? null;
  const [yes, no] = [reply.getByRole('button', { name: 'Yes' }), reply.getByRole('button', { name: 'No' })];

  await no.click();
  await expect(no).toHaveAttribute('aria-pressed', 'true');
  await reply.getByRole('textbox', { name: /What was missing/ }).fill('No steps.');
  await reply.getByRole('button', { name: 'Save' }).click();
  await expect(reply.getByText('No steps.')).toBeVisible(SLOW);
  await settled(async () => (await voteOf()) === -1);

  await yes.click();
  await expect(no).toHaveAttribute('aria-pressed', 'false');
  await settled(async () => (await voteOf()) === 1);
  await yes.click();
  await expect(yes).toHaveAttribute('aria-pressed', 'false');
  await settled(async () => (await voteOf()) === null);

  await page.route('**/vote', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '7' } }));
  await yes.click();
  await expect(reply.getByText(/Too many requests: wait \d seconds/)).toBeVisible(SLOW);
  await expect(yes).toHaveAttribute('aria-pressed', 'false'); // it is said, and taken back
  assert.deepEqual(errors, []);
});

test('a vote and a rating that fail are taken back and said, and can be tried again', async () => {
  const { page, errors } = await open(numberOf('attacks others'));
  const reply = page.getByRole('article', { name: /^Hanna Lindqvist/ }).first();
  const yes = reply.getByRole('button', { name: 'Yes' });
  await page.route('**/vote', (route) => route.abort());
  await yes.click();
  await expect(reply.getByText('There is no connection to the server.')).toBeVisible(SLOW);
  await expect(yes).toHaveAttribute('aria-pressed', 'false');
  await page.unroute('**/vote');
  await reply.getByRole('button', { name: 'Try again' }).click();
  await expect(yes).toHaveAttribute('aria-pressed', 'true');
  await expect(reply.getByRole('alert')).toBeHidden();

  const rated = await (await desk.account('Kestrel')).open('To be rated');
  const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });
  await desk.api(`/staff/tickets/${rated}/comments`, post({ body: 'Done.', status_key: 'resolved' }));
  await desk.api(`/staff/tickets/${rated}/close`, post({}));
  await goTo(page, rated);
  await page.route('**/vote', (route) => setTimeout(() => void route.abort(), 1000));
  await page
    .getByRole('group', { name: /^Your rating/ })
    .getByText('8', { exact: true })
    .click();
  await page.getByRole('button', { name: 'Save the rating' }).click();
  await expect(page.getByText('Thank you for the rating.')).toBeVisible({ timeout: 900 }); // before any answer
  await expect(page.getByText('There is no connection to the server.')).toBeVisible(SLOW);
  await expect(page.getByText('Thank you for the rating.')).toBeHidden();
  assert.equal((await read(rated)).vote, null);
  await page.unroute('**/vote');
  await page.getByRole('button', { name: 'Save the rating' }).click();
  await settled(async () => (await read(rated)).vote?.score === 8);
  assert.deepEqual(errors, []);
});

test('5, 6: a solved ticket is closed with a score, which can be changed, and reopened by a message with a file', async () => {
  const number = numberOf('Resize of vps-fra-1697');
  const { page, errors } = await open(number);
  await page.getByRole('button', { name: 'No, still broken' }).click();
  await expect(page.getByRole('textbox', { name: 'Write a message…' })).toBeFocused();

  await page.getByText('9', { exact: true }).click();
  await page.getByRole('textbox', { name: /Anything to add/ }).fill('Fast.');
  await page.getByRole('button', { name: 'Rate and close' }).click();
  await expect(page.getByText('Thank you for the rating.')).toBeVisible(SLOW);
  const closed = await read(number);
  assert.equal(closed.is_closed, true);
  assert.deepEqual([closed.vote?.score, closed.vote?.comment], [9, 'Fast.']);

  await page.getByText('4', { exact: true }).click();
  await page.getByRole('button', { name: 'Save the rating' }).click();
  await expect(page.getByText('Thank you for the rating.')).toBeVisible(SLOW);
  await settled(async () => (await read(number)).vote?.score === 4);

  const composer = page.getByRole('textbox', { name: 'Write to reopen this ticket…' });
  await page.locator('input[type=file]').setInputFiles([image()]);
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled(); // a file alone does not reopen it
  await composer.fill('It is slow again.');
  await page.getByRole('button', { name: 'Send' }).click();
  const message = page.getByRole('article', { name: /^Tom Fischer/ }).last(); // who speaks in this ticket, from the start
  await expect(message.getByRole('button', { name: 'Show graph.png' })).toBeVisible(SLOW);
  await settled(async () => (await read(number)).comments.at(-1)?.files.length === 1);
  assert.equal((await read(number)).is_closed, false);
  await expect(page.getByRole('textbox', { name: 'Write a message…' })).toBeVisible(SLOW);
  assert.deepEqual(errors, []);
});

test('7: the name of who speaks and copies are set and cleared, and support sees them', async () => {
  const number = numberOf('DDoS on');
  const { page, errors } = await open(number);
  const menu = page.getByRole('button', { name: 'More actions' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Who is speaking…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'Who is speaking' });
  await expect(name).toBeFocused(SLOW);
  await name.fill('Ada from the night shift');
  const emails = page.getByRole('textbox', { name: 'Copies to' });
  await emails.fill('noc@kestrel-robotics.example, not-an-address');
  await emails.press('Enter');
  await expect(page.getByText('not-an-address is not an e-mail address')).toBeVisible();
  await emails.fill('noc@kestrel-robotics.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0, SLOW);
  await expect(menu).toBeFocused();
  const set = await read(number);
  assert.equal(set.client_aliased_name, 'Ada from the night shift');
  assert.deepEqual(set.client_emails, ['noc@kestrel-robotics.example']);

  const agent = await desk.agent('Elena Markova');
  await agent.page.goto(`${desk.url}/console/all/${number}`);
  await page.getByRole('textbox', { name: 'Write a message…' }).fill('Ada here.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('article', { name: /^Ada from the night shift/ })).toBeVisible(SLOW);
  await settled(async () => (await read(number)).comments.at(-1)?.author_name === 'Ada from the night shift');

  await menu.click();
  await page.getByRole('menuitem', { name: 'Who is speaking…' }).click();
  await name.fill('');
  await page.getByRole('button', { name: 'Remove noc@kestrel-robotics.example' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await settled(async () => (await read(number)).client_aliased_name === null);
  assert.deepEqual((await read(number)).client_emails, []);
  assert.deepEqual(errors, []);
});

test('8: a split ticket and its parent link to each other, and a link to a message shows it', async () => {
  const [parent, child] = [numberOf('Mail forwarding'), numberOf('Renewal of kestrel-robotics')];
  const { page, errors } = await open(child);
  await page.getByRole('link', { name: `#${parent}` }).click();
  await expect(page.getByRole('heading', { name: /Mail forwarding/ })).toBeVisible(SLOW);
  await expect(page.getByText('Part of this conversation moved to')).toBeVisible(SLOW);
  await page
    .getByRole('link', { name: `#${child}` })
    .first()
    .click();
  await expect(page.getByText('This conversation began in')).toBeVisible(SLOW);

  await page.setViewportSize({ width: 390, height: 420 });
  await goTo(page, parent);
  const [first] = (await read(parent)).comments;
  const link = page.locator(`#c${first?.id}`);
  await expect(link).not.toBeInViewport();
  await page.goto(`${desk.url}/portal/t/${parent}#c${first?.id}`);
  await expect(link).toBeInViewport(SLOW);
  assert.deepEqual(errors, []);
});

test('13: a draft survives a reload with its file, and an own message can be removed', async () => {
  const number = numberOf('Connect vps-fra-1697');
  const { page, errors } = await open(number);
  const composer = page.getByRole('textbox', { name: 'Write a message…' });
  const attached = page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
  await composer.fill('Half a thought');
  await page.locator('input[type=file]').setInputFiles([image()]);
  await expect(attached.getByText('70 byte')).toBeVisible(SLOW);
  await page.reload();
  await expect(composer).toHaveValue('Half a thought', SLOW);
  await expect(attached).toHaveCount(1);

  await page.getByRole('button', { name: 'Send' }).click();
  const message = page.getByRole('article', { name: /^You/ }).last();
  await message.getByRole('button', { name: 'Remove', exact: true }).click(SLOW);
  await page.getByRole('button', { name: 'Remove for good' }).click(SLOW);
  await expect(message.getByText(/^Removed for good: Jonas Weber/)).toBeVisible(SLOW);
  assert.doesNotMatch((await read(number)).comments.at(-1)?.body ?? '', /Half/);
  assert.deepEqual(errors, []);
});

test('a refused message is edited, or sent again', async () => {
  const number = numberOf('DELETE without WHERE');
  const { page, errors } = await open(number);
  const composer = page.getByRole('textbox', { name: 'Write a message…' });
  const problem = {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'ticket_full',
    detail: 'It is full.',
  };
  const body = JSON.stringify({ ...problem, request_id: 'x' });
  await page.route('**/comments', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 409, contentType: 'application/problem+json', body })
      : route.continue(),
  );
  await composer.fill('First try');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('The ticket is full: open a new one.')).toBeVisible(SLOW);
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(composer).toHaveValue('First try');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('The ticket is full: open a new one.')).toBeVisible(SLOW);
  await page.unroute('**/comments');
  await page.getByRole('button', { name: 'Try again' }).click();
  await settled(async () => (await read(number)).comments.at(-1)?.body === 'First try');
  assert.deepEqual(errors, []);
});

test('15: a ticket of another account looks like one that does not exist', async () => {
  const [foreign] = await ticketsOf((ticket) => ticket.account_name !== ACCOUNT);
  const { page, errors } = await desk.client('Jonas Weber');
  for (const number of [foreign?.number, 999_999, 'nonsense']) {
    await page.goto(`${desk.url}/portal/t/${number}`);
    await expect(
      page.getByRole('heading', { name: 'This ticket is not yours or does not exist' }),
    ).toBeVisible(SLOW);
  }
  const list = page.getByPlaceholder('Search your tickets');
  await expect(list).toBeVisible(); // the list stands beside it
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(list).toBeHidden();
  await page.getByRole('link', { name: 'Back to the list' }).last().click();
  await expect(list).toBeVisible();
  assert.deepEqual(errors, []);
});
