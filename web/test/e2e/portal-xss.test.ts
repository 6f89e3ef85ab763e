/** Scripts in everything that people write: in the portal none of it runs, and nothing even tries to. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { CORPUS, NAME, watch } from './corpus.ts';
import { openDesk } from './desk.ts';
import { give, textFile } from './files.ts';

const desk = await openDesk();
after(() => desk.close());
const SLOW = { timeout: 20_000 };

test('45: nothing of the corpus runs from a summary, a body, a file name or a name of a person', async () => {
  const client = await desk.client('Jonas Weber');
  const { page } = client;
  const assertInert = await watch(client, desk.url);

  const { account_id } = await accountOf();
  const ticket = await desk.api<{ number: number }>('/staff/tickets', {
    method: 'POST',
    body: JSON.stringify({
      account_id,
      summary: `Summary ${NAME}`,
      comment_body: 'Begin',
      client_aliased_name: `Alias ${NAME}`,
    }),
  });
  for (const body of [...CORPUS, CORPUS.join('\n\n')]) {
    await desk.api(`/staff/tickets/${ticket.number}/comments`, {
      method: 'POST',
      body: JSON.stringify({ body }),
    });
  }
  await page.goto(`${desk.url}/portal/t/${ticket.number}`);
  await expect(page.getByRole('heading', { name: 'Summary <img' })).toBeVisible(SLOW);
  await page.getByText('Alias <img').first().waitFor();

  const composer = page.getByRole('textbox', { name: 'Write a message…' });
  await page
    .locator('input[type=file]')
    .setInputFiles([textFile(`${NAME}.txt`, '<script>window.hacked=1</script>')]);
  await give(composer, 'paste', { html: `<table><tr><td>${NAME}</td><td>b</td></tr></table>`, text: 'x' });
  await expect(composer).toHaveValue(/---/, SLOW);
  await composer.fill(CORPUS.join('\n\n'));
  await page.getByRole('button', { name: 'Send' }).click();
  const message = page.getByRole('article', { name: /^Alias <img/ }).last();
  await message
    .getByRole('button', { name: /onerror.*txt/ })
    .first()
    .click(SLOW);
  await expect(message.getByText('<script>window.hacked=1</script>').first()).toBeVisible(SLOW);

  await assertInert();
});

async function accountOf() {
  const { items } = await desk.api<{ items: { account_id: number; account_name: string }[] }>(
    '/staff/tickets?limit=100',
  );
  const found = items.find(({ account_name }) => account_name === 'Kestrel Robotics GmbH');
  assert.ok(found);
  return found;
}
