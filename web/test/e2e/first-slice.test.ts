/** A reply goes from the console to the portal, and an answer comes back, while both are open. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

test('3: a reply appears in the portal, and the client’s answer in the console, without a reload', async () => {
  const agent = await desk.agent('Elena Markova');
  const client = await desk.client('Jonas Weber');

  await client.page.getByRole('link', { name: /DDoS on/ }).click();
  await expect(client.page.getByRole('heading', { name: /DDoS on/ })).toBeVisible();
  await agent.page.getByRole('link', { name: /DDoS on/ }).click();
  const composer = agent.page.getByRole('textbox', { name: /^Reply to/ });
  await composer.fill('We have **moved** you behind the scrubbing centre.');
  await agent.page.getByRole('button', { name: /^Send reply/ }).click();
  await expect(agent.page.getByText(/^sending in/)).toBeVisible();
  await expect(composer).toHaveValue('');

  const reply = client.page.getByRole('article', { name: /^Elena Markova/ }).last();
  await expect(reply.getByText('moved', { exact: true })).toBeVisible({ timeout: 15_000 });

  await client.page.getByRole('textbox', { name: 'Write a message…' }).fill('Thank you, it works.');
  const sent = performance.now();
  await client.page.getByRole('button', { name: 'Send' }).click();
  await expect(agent.page.getByText('Thank you, it works.', { exact: true })).toBeVisible();
  assert.ok(performance.now() - sent < 2000, 'it is seen at once');

  assert.deepEqual([...agent.errors, ...client.errors], []);
});
