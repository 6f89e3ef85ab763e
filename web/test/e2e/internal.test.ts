/** What is for the team alone never reaches a client: not on a page, and not in any byte that comes to the browser. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { textFile } from './files.ts';
import { record } from './recording.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 15_000 };

/** Each is written in one place only, so that the word names the leak. */
const SECRETS = {
  note: 'Axolotl',
  fileOfNote: 'quokka',
  contentOfFile: 'Capybara',
  mentioned: 'Ulrika Sandstrand',
  draftOfNote: 'Pangolin',
  draftOfReply: 'Okapi',
  undoneReply: 'Numbat',
  tag: 'tapir',
  noteOnAccount: 'Wombat',
  reasonOfClosing: 'Dugong',
};

const send = (path: string, method: string, body: object) =>
  desk.api(path, { method, body: JSON.stringify(body) });

test('19: nothing internal reaches the portal, its search or its event stream', async () => {
  const member = { email: 'ulrika@host.example', name: SECRETS.mentioned, role: 'agent' };
  await send('/staff/members', 'POST', member);
  const [agent, client] = [await desk.agent('Elena Markova'), await desk.client('Jonas Weber')];

  const received = await record(client.page);
  await client.page.reload();
  await client.page.getByRole('link', { name: /DDoS on/ }).click();
  await expect(client.page.getByRole('heading', { name: /DDoS on/ })).toBeVisible();
  const number = Number(client.page.url().split('/').at(-1));
  const { account } = await desk.api<{ account: { name: string; external_id: string } }>(
    `/staff/tickets/${number}`,
  );

  const { page } = agent;
  await page.goto(`${desk.url}/console/all/${number}`);
  const reply = page.getByRole('textbox', { name: /^Reply to/ });
  const note = page.getByRole('textbox', { name: 'Write a note for the team…' });
  const thread = page.getByRole('region', { name: 'Conversation' });

  await reply.fill(SECRETS.undoneReply);
  await reply.press('Control+Enter');
  await thread.getByRole('button', { name: 'Undo' }).click(SLOW);
  await reply.fill(SECRETS.draftOfReply);

  await page.getByRole('button', { name: 'Internal note' }).click();
  await note.fill(`${SECRETS.note}! @${SECRETS.mentioned} `);
  const file = textFile(`${SECRETS.fileOfNote}.txt`, SECRETS.contentOfFile);
  await page.locator('#conversation input[type=file]').setInputFiles([file]);
  await note.press('Control+Enter');
  await expect(thread.getByText(`${SECRETS.fileOfNote}.txt`)).toBeVisible(SLOW);
  await note.fill(SECRETS.draftOfNote);
  const drafts = async () =>
    (await desk.api<{ drafts: { body: string }[] }>(`/staff/tickets/${number}`)).drafts[0]?.body;
  await expect.poll(drafts, SLOW).toBe(SECRETS.draftOfNote);

  await send(`/staff/tickets/${number}`, 'PATCH', { tags: [SECRETS.tag], priority: 'urgent' });
  const { name, external_id } = account;
  await send(`/staff/accounts/by-external-id/${external_id}`, 'PUT', { name, note: SECRETS.noteOnAccount });
  await send(`/staff/tickets/${number}/close`, 'POST', { reason: SECRETS.reasonOfClosing });
  await send(`/staff/tickets/${number}/reopen`, 'POST', {});

  // The stream is in order: once this has come, everything before it would have come.
  await send(`/staff/tickets/${number}/comments`, 'POST', { body: 'Now it is public.' });
  await expect(client.page.getByText('Now it is public.').last()).toBeVisible(SLOW);
  await client.page.reload();
  await expect(client.page.getByText('Now it is public.').last()).toBeVisible(SLOW);
  for (const word of [SECRETS.note, SECRETS.fileOfNote, SECRETS.tag]) {
    await client.page.getByRole('searchbox', { name: 'Search your tickets' }).fill(word);
    await expect(client.page.getByText(`Nothing found for “${word}”`)).toBeVisible(SLOW);
  }

  const text = received.text();
  assert.match(text, /^data: ?.*Now it is public/m, 'the stream is recorded, too');
  for (const [what, word] of Object.entries(SECRETS)) {
    assert.ok(!text.includes(word), `the client has received: ${what}`);
  }
  assert.deepEqual([...agent.errors, ...client.errors], []);
});
