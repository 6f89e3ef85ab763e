/** What the host announces stands above the form of a new ticket while it lasts. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import { CORPUS, NAME, watch } from './corpus.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const send = (method: string, path: string, body: object) =>
  desk.panel<{ incident_id: number }>(path, { method, body: JSON.stringify(body) });

async function publish(title: string, more: object = {}) {
  const fields = { title: { en: title, ru: `${title}, по-русски` }, ...more };
  const { incident_id } = await send('POST', '/staff/incidents', fields);
  const change = (fields: object) => send('PATCH', `/staff/incidents/${incident_id}`, fields);
  return { change, end: () => change({ is_ended: true }) };
}

async function openForm(name: string, options = {}) {
  const visitor = await desk.client(name, options);
  await visitor.page.goto(`${desk.url}/portal/new`);
  await visitor.page.waitForSelector('[data-ready]');
  return { ...visitor, banner: visitor.page.getByRole('status', { name: /Known incidents|Известные/ }) };
}

test('it appears while the form is open, changes, and goes when it has ended', async () => {
  const { page, banner, errors } = await openForm('Jonas Weber');
  await expect(banner).toBeAttached(); // before there is anything to read aloud
  await expect(banner).toHaveText('');
  const text = { en: 'Racks 7 to 9.\nWe are there.', ru: 'Стойки 7–9.' };
  const incident = await publish('No power', { text, link: 'https://status.host.example/7' });
  await expect(banner.getByRole('heading', { name: 'No power' })).toBeVisible();
  await expect(banner.getByText('Racks 7 to 9.')).toBeVisible();
  await expect(banner.getByText(/^Since \d\d:\d\d$/)).toBeVisible();
  const link = banner.getByRole('link', { name: 'More about it: No power' });
  await expect(link).toHaveAttribute('href', 'https://status.host.example/7');
  await expect(link).toHaveAttribute('rel', 'noreferrer');
  const [above, form] = [await banner.boundingBox(), await page.getByRole('radio').first().boundingBox()];
  assert.ok(above && form && above.y + above.height <= form.y);

  await incident.change({ title: { en: 'Power is back', ru: 'Питание есть' }, link: null });
  await expect(banner.getByRole('heading', { name: 'Power is back' })).toBeVisible();
  await expect(banner.getByRole('link')).toHaveCount(0);
  await incident.end();
  await expect(banner).toHaveText('');
  assert.deepEqual(errors, []);
});

test('it is only above the form, and in the language of the page', async () => {
  const incident = await publish('Slow disks');
  const { page, banner } = await openForm('Полина Зимина', { locale: 'ru-RU' });
  await expect(banner.getByRole('heading', { name: 'Slow disks, по-русски' })).toBeVisible();
  await page.goto(`${desk.url}/portal/`);
  await page.locator('[data-row]').first().click();
  await page.locator('article article').first().waitFor();
  await expect(page.getByText('Slow disks')).toHaveCount(0);
  await incident.end();
});

test('one of some topics is there until another topic is chosen', async () => {
  const [ofSome, ofAll] = [
    await publish('Network only', { topic_keys: ['network', 'dns'] }),
    await publish('Everything'),
  ];
  const { page, banner } = await openForm('Miriam Albrecht');
  const titles = banner.getByRole('heading');
  await expect(titles).toHaveText(['Everything', 'Network only']);
  await page.getByText('Databases', { exact: true }).click();
  await expect(titles).toHaveText(['Everything']);
  await page.getByText('Network', { exact: true }).click();
  await expect(titles).toHaveText(['Everything', 'Network only']);
  await ofSome.end();
  await expect(titles).toHaveText(['Everything']);
  await ofAll.end();
});

test('what was missed without a connection is there when it is back', async () => {
  const { page, banner } = await openForm('Tom Fischer');
  await expect(banner).toBeAttached();
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  const incident = await publish('While you were away');
  await page.context().setOffline(false);
  await expect(banner.getByRole('heading', { name: 'While you were away' })).toBeVisible({ timeout: 20_000 });
  await incident.end();
});

test('nothing of the corpus runs from an incident: it is plain text', async () => {
  const visitor = await openForm('Claire Whitcombe');
  const assertInert = await watch(visitor, desk.url);
  const hostile = [...CORPUS.join('\n')].slice(0, 1900).join('');
  const incident = await publish(`Title ${NAME}`, { text: { en: hostile, ru: hostile } });
  await expect(visitor.banner.getByRole('heading', { name: `Title ${NAME}` })).toBeVisible();
  await expect(visitor.banner.locator('p img, p script, p a, h3 *')).toHaveCount(0);
  await assertInert();
  await incident.end();
});
