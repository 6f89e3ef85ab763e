/** The first second of a page, when not everything that it needs is there. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { openDesk } from './desk.ts';
import { reply, slow } from './writing.ts';

const desk = await openDesk();
after(() => desk.close());

test('a console that cannot be loaded says so in the language of the page, and Retry loads it', async () => {
  const failures = [
    ['Elena Markova', 'en-GB', 'The server has a problem', 'Retry'],
    ['Ольга Тимофеева', 'ru-RU', 'Нет связи с сервером', 'Повторить'],
  ] as const;
  for (const [name, locale, words, retry] of failures) {
    const { page, errors } = await desk.agent(name, { locale });
    await page.route('**/staff/me', (route) =>
      locale === 'en-GB' ? route.fulfill({ status: 500, body: '' }) : route.abort(),
    );
    await page.reload();
    await expect(page.getByRole('alert')).toContainText(words, slow);
    await page.unroute('**/staff/me');
    await page.getByRole('button', { name: retry, exact: true }).click();
    await expect(page.locator('[data-number]').first()).toBeVisible(slow);
    assert.deepEqual(errors, []);
  }
});

test('a page whose words do not come has a few of its own, and goes on when they come', async () => {
  for (const face of ['console', 'portal'] as const)
    for (const [locale, words] of [
      ['en-GB', 'The server does not respond.'],
      ['ru-RU', 'Сервер не отвечает.'],
    ] as const) {
      const { page, errors } = await desk.guest({ locale });
      const catalog = new RegExp(`/assets/${locale.slice(0, 2)}-[^/]+\\.js$`);
      await page.route(catalog, (route) => route.fulfill({ status: 503, body: '' }));
      await page.goto(`${desk.url}/${face}/`);
      await expect(page.getByRole('alert')).toContainText(words, slow);
      await expect(page.getByRole('alert')).toBeInViewport(); // the root of the page is as high as the window
      await page.unroute(catalog);
      await page.getByRole('button').click();
      await expect(page.locator('[data-ready]')).toBeVisible(slow);
      await expect(page.getByRole('alert')).toHaveCount(0);
      assert.deepEqual(errors, []);
      await page.context().close();
    }
});

test('a browser whose database does not answer is waited for a little; messages live with the page then', async () => {
  await desk.api('/staff/me', { method: 'PATCH', body: '{"preferences":{"undo_seconds":1}}' });
  const agent = await desk.agent('Elena Markova');
  const client = await desk.client('Jonas Weber');
  await client.page.getByRole('link', { name: /DDoS on/ }).click();
  const message = client.page.getByRole('textbox', { name: 'Write a message…' });
  await expect(message).toBeVisible(slow);
  const number = Number(client.page.url().split('/').at(-1));
  const bodies = async () => {
    const { comments } = await desk.api<{ comments: { body: string }[] }>(`/staff/tickets/${number}`);
    return comments.map(({ body }) => body);
  };
  for (const [page, field, address] of [
    [agent.page, reply(agent.page), `console/open/${number}`],
    [client.page, message, `portal/t/${number}`],
  ] as const) {
    await page.addInitScript(() => {
      // Nothing ever happens to it.
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    });
    await page.goto(`${desk.url}/${address}`);
    await field.fill(`Without a database: ${address}`, slow);
    await field.press('Control+Enter');
    await expect.poll(bodies, slow).toContain(`Without a database: ${address}`);
  }
  assert.deepEqual([...agent.errors, ...client.errors], []);
});
