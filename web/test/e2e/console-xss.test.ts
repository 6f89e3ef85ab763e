/** A hostile client, whose every field is a script: whoever reads them in the console sees text. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { CORPUS, NAME, watch } from './corpus.ts';
import { openDesk, type Visitor } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 20_000 };
const FILE = `${NAME}.txt`;
/** An address may have all of these signs; a link to it must not say more than it does. */
const ADDRESS = "o'brien?bcc=spy&body={{hacked}}@evil.example";
const SCRIPT = '<script>window.hacked=1</script>';

const send = <Result>(path: string, method: string, body: object) =>
  desk.api<Result>(path, { method, body: JSON.stringify(body) });

/** A contact of an account, who writes with the key of their own session. */
async function hostileClient() {
  const path = '/staff/accounts/by-external-id/hostile';
  await send(path, 'PUT', {
    name: `Account ${NAME}`,
    email: ADDRESS,
    note: CORPUS.join('\n'),
  });
  const user = { id: NAME, name: `Contact ${NAME}`, email: ADDRESS };
  const { url } = await desk.panel<{ url: string }>(`${path}/sessions`, {
    method: 'POST',
    body: JSON.stringify({ user }),
  });
  const { page } = await desk.guest();
  await page.goto(url.replace(/^https?:\/\/[^/]+/, desk.url));
  await page.waitForSelector('[data-ready]');

  /** Through the API: the portal would refuse some of it. */
  return <Result>(path: string, body: object | { file: [name: string, content: string] }): Promise<Result> =>
    page.evaluate(
      async ([path, body]) => {
        const { token } = JSON.parse(sessionStorage.getItem('paneldesk.session') ?? '');
        const headers: Record<string, string> = { 'X-Token': token };
        let content: BodyInit = JSON.stringify(body);
        if ('file' in body) {
          const [name, text] = body.file as [string, string];
          content = new FormData();
          content.append('file', new File([text], name, { type: 'text/plain' }));
        } else headers['Content-Type'] = 'application/json';
        const response = await fetch(path, { method: 'POST', headers, body: content });
        if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
        return response.json();
      },
      [path, body] as const,
    );
}

interface Ticket {
  number: number;
  comments: { id: number }[];
}

/** A ticket with the corpus in everything that a client can set. */
async function openTicket() {
  const post = await hostileClient();
  const { uuid } = await post<{ uuid: string }>('/files/public/files', { file: [FILE, SCRIPT] });
  const { number } = await post<Ticket>('/support/tickets', {
    summary: `Summary ${NAME}`,
    comment_body: 'Begin',
    client_aliased_name: `Alias ${NAME}`,
    client_emails: [ADDRESS],
    keystone_projects: [NAME],
    notice_id: SCRIPT,
    files: [uuid],
  });
  return { post, number };
}

/** One with all of the corpus in its messages, solved, rated and closed. */
async function hostileTicket(): Promise<number> {
  const { post, number } = await openTicket();
  for (const body of [...CORPUS, CORPUS.join('\n\n')])
    await post(`/support/tickets/${number}/comments`, { body });
  await send(`/staff/tickets/${number}/comments`, 'POST', {
    body: CORPUS.join('\n\n'),
    status_key: 'resolved',
  });
  const reply = (await desk.api<Ticket>(`/staff/tickets/${number}`)).comments.at(-1)?.id;
  await post(`/support/comments/${reply}/vote`, { score: -1, comment: `Vote ${NAME}` });
  await post(`/support/tickets/${number}/close`, { score: 1, comment: `Rating ${NAME}` });
  return number;
}

test('45: nothing of the corpus runs in the console, from any field of a client', async () => {
  const number = await hostileTicket();
  const agent = await desk.agent('Elena Markova');
  const { page } = agent;
  const assertInert = await watch(agent, desk.url);
  await page.goto(`${desk.url}/console/search/${number}?q=${encodeURIComponent(SCRIPT)}`);
  const thread = page.getByRole('region', { name: 'Conversation' });
  await expect(page.getByRole('button', { name: /Summary <img src=x/ })).toBeVisible(SLOW);
  await showEarlier(agent);

  for (const shown of [`Account ${NAME}`, `Contact ${NAME}`, SCRIPT, NAME])
    await expect(page.getByRole('complementary').getByText(shown, { exact: true }).first()).toBeVisible(SLOW);
  const mail = page.getByRole('complementary').getByRole('link', { name: ADDRESS }).first();
  await expect(mail).toHaveAttribute('href', /^mailto:[^?]+@evil\.example$/);
  await expect(thread.getByText(`Vote ${NAME}`)).toBeVisible();
  await expect(page.getByText(`Rating ${NAME}`).first()).toBeVisible();
  await thread
    .getByRole('button', { name: /onerror.*txt/ })
    .first()
    .click();
  await expect(thread.getByText(SCRIPT).first()).toBeVisible(SLOW);
  await assertInert();

  await quoteAll(agent);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused(SLOW);
  await page.keyboard.type(`#${number}`);
  await expect(page.getByRole('option', { name: /Summary <img/ }).first()).toBeVisible(SLOW);
  await page.keyboard.press('Escape');
  await page.goto(`${desk.url}/console/search?q=${encodeURIComponent('Summary')}`);
  await expect(page.locator(`[data-number="${number}"]`)).toContainText('Summary <img', SLOW);
  await assertInert();
});

test('45: nor from what the console says of it: the title, dialogs, the bell and canned responses', async () => {
  const { post, number: target } = await openTicket();
  const { number } = await post<Ticket>('/support/tickets', {
    summary: `Second ${NAME}`,
    comment_body: CORPUS.join('\n\n'),
    client_aliased_name: `Alias ${NAME}`,
  });
  await post(`/support/tickets/${number}/comments`, { body: NAME });
  const { canned_response_id } = await send<{ canned_response_id: number }>(
    '/staff/canned-responses',
    'POST',
    {
      title: 'By name',
      shortcut: 'by-name',
      bodies: { en: 'Hello {{client_name}}, it is about {{ticket_summary}} of {{account_name}}.' },
      is_shared: true,
    },
  );
  assert.ok(canned_response_id);
  const agent = await desk.agent('Daniel Reyes');
  const { page } = agent;
  const assertInert = await watch(agent, desk.url);
  await page.goto(`${desk.url}/console/open/${number}`);
  await expect(page).toHaveTitle(new RegExp(`#${number} Second <img`), SLOW);

  await page.keyboard.press('m');
  await page.keyboard.type('by-name');
  await page
    .getByRole('option', { name: /By name/ })
    .first()
    .click(SLOW);
  const reply = page.getByRole('textbox', { name: /^Reply to/ });
  await expect(reply).toHaveValue(/Second <img.*Account <img/, SLOW);
  await reply.press('Control+Shift+p');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('<img', SLOW);
  await assertInert();

  await page.reload();
  const more = page.locator('#conversation').getByRole('button', { name: 'More actions' });
  for (const [name, title] of [
    ['Split…', /^Split/],
    ['Merge into…', /^Merge/],
  ] as const) {
    await more.click();
    await page.getByRole('menuitem', { name }).click();
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible(SLOW);
    await expect(dialog).toContainText('<img', SLOW);
    await assertInert();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  const { items } = await desk.api<{ items: { staff_id: number; name: string }[] }>('/staff/members');
  const assignee_id = items.find(({ name }) => name === 'Daniel Reyes')?.staff_id;
  await send(`/staff/tickets/${target}`, 'PATCH', { assignee_id });
  await post(`/support/tickets/${target}/comments`, { body: NAME });
  const bell = page.getByRole('button', { name: 'Notifications: 2 unread' });
  await bell.click(SLOW);
  await expect(page.getByRole('dialog', { name: 'Notifications' })).toContainText('Summary <img', SLOW);
  await assertInert();
});

async function showEarlier({ page }: Visitor) {
  const button = page.getByRole('button', { name: /earlier message/ });
  if (await button.isVisible()) await button.click();
}

/** The text of a message goes into the composer, and is shown there as it would be sent. */
async function quoteAll({ page }: Visitor) {
  const note = page.getByRole('textbox', { name: 'Write a note for the team…' });
  await note.fill(CORPUS.join('\n\n'));
  await note.press('Control+Shift+p');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('<script>', SLOW);
}
