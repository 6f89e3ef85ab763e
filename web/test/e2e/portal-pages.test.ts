/** The pages of the portal: search, keys, languages, a phone, and a page that is narrow or has large text. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const slow = { timeout: 15_000 };
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

async function assertNoSidewaysScroll(page: Page, where: string) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolled = [...document.querySelectorAll('main, section, form, form > div > div')];
    return [scrollWidth - clientWidth, ...scrolled.map((box) => box.scrollWidth - box.clientWidth)];
  });
  assert.ok(Math.max(...wide) <= 1, `${where}: wider than the page by ${Math.max(...wide)} px`);
}

test('9: search finds by words, keeps the segment, and looks into the other one on request', async () => {
  const { page, errors } = await desk.client('Jonas Weber');
  const search = page.getByRole('searchbox', { name: 'Search your tickets' });
  const rows = page.locator('[data-row]');
  await search.fill('ddos');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('DDoS on vps-fra-3409');
  await expect(page.getByText('1 ticket found')).toBeAttached();

  await rows.first().click();
  await expect(page.getByRole('heading', { name: /DDoS on/ })).toBeVisible();
  await expect(search).toHaveValue('ddos');

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(search).toBeFocused();
  await page.getByRole('button', { name: /^Closed/ }).click();
  await expect(page.getByText('Closed', { exact: true }).nth(1)).toBeVisible();
  const closed = await rows.first().locator('b').textContent();

  await page.getByRole('button', { name: /^Open/ }).click();
  await search.fill(closed ?? '');
  await expect(page.getByText(/^Nothing found for/)).toBeVisible();
  await page.getByRole('button', { name: /^Show closed/ }).click();
  await expect(rows.first()).toContainText(closed ?? '');

  await search.fill('zzzzqqqq');
  await expect(page.getByText('Nothing found for “zzzzqqqq”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await expect(rows.first()).toBeVisible();
  assert.deepEqual(errors, []);
});

test('38, 39: keys work on a Russian keyboard, not while somebody types, and can be switched off', async () => {
  const { page } = await desk.client('Jonas Weber');
  const press = (key: string, code: string) =>
    page.evaluate(
      ([key, code]) =>
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, code, bubbles: true, composed: true, cancelable: true }),
        ),
      [key, code],
    );
  await expect(page.locator('[data-row]').nth(1)).toBeVisible();
  await press('о', 'KeyJ');
  await expect(page.locator('[data-row]').first()).toBeFocused();
  await press('о', 'KeyJ');
  await expect(page.locator('[data-row]').nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2 })).toBeFocused();
  await press('о', 'KeyJ'); // beside an open ticket it opens the next one
  await expect(page.locator('[data-row]').nth(1)).toHaveAttribute('aria-current', 'true');

  await press('.', 'Slash');
  const search = page.getByRole('searchbox', { name: 'Search your tickets' });
  await expect(search).toBeFocused();
  await page.keyboard.type('c');
  await expect(search).toHaveValue('c');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await press('с', 'KeyC');
  await expect(page.getByRole('heading', { name: 'New ticket' })).toBeFocused();

  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('checkbox', { name: 'Single keys' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(page.getByRole('form', { name: 'New ticket' })).toHaveCount(0);
});

test('language and theme change without a reload and are kept', async () => {
  const { page } = await desk.client('Miriam Albrecht');
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Русский').click();
  await page.getByText('Тёмное').click();
  await expect(page.getByRole('link', { name: 'Новый тикет' })).toBeVisible();
  const state = () =>
    page.evaluate(() => ({
      isSamePage: 'isSamePage' in window,
      lang: document.documentElement.lang,
      theme: getComputedStyle(document.documentElement).colorScheme,
    }));
  assert.deepEqual(await state(), { isSamePage: true, lang: 'ru', theme: 'dark' });
  await expect(page).toHaveTitle(/Поддержка$/);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Новый тикет' })).toBeVisible();
  assert.deepEqual(await state(), { isSamePage: false, lang: 'ru', theme: 'dark' });
});

test('10: on a phone a ticket is created, answered and left by touch', async () => {
  const { page, errors } = await desk.client('Rachel Kim', phone);
  await page.getByRole('link', { name: 'New ticket' }).tap();
  await page.getByText('Domains', { exact: true }).tap();
  await page.getByRole('textbox', { name: 'Summary' }).fill('The domain has expired');
  await page.getByRole('textbox', { name: 'What happened?' }).fill('It is shop.example.');
  await assertNoSidewaysScroll(page, 'new ticket');
  await page.getByRole('button', { name: 'Create ticket' }).tap();
  await expect(page.getByRole('heading', { name: 'The domain has expired' })).toBeVisible();
  await assertNoSidewaysScroll(page, 'ticket');

  await page.getByRole('textbox', { name: 'Write a message…' }).fill('I have paid for it.');
  await page.getByRole('button', { name: 'Send' }).tap();
  await expect(page.getByText('I have paid for it.')).toBeVisible();
  await expect(page.getByText('sending…')).toHaveCount(0, slow);

  await page.getByRole('link', { name: 'Back to the list' }).tap();
  const row = page.getByRole('link', { name: /The domain has expired/ });
  await expect(row).toBeVisible();
  await expect(row).toBeFocused();
  const fab = await page.getByRole('link', { name: 'New ticket' }).boundingBox();
  assert.deepEqual([fab?.width, fab?.height], [56, 56]);
  await page.getByRole('button', { name: /^Closed/ }).tap();
  await assertNoSidewaysScroll(page, 'list');
  assert.deepEqual(errors, []);
});

test('11: a Russian client finds Russian words everywhere', async () => {
  const { page, errors } = await desk.client('Юлия Шестакова', { locale: 'ru-RU' });
  await expect(page).toHaveTitle(/Поддержка$/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
  await expect(page.getByText(/^Обычно отвечаем в течение/)).toBeVisible();
  await page.getByRole('link', { name: 'Новый тикет' }).click();
  await page.getByRole('button', { name: 'Создать тикет' }).click();
  await expect(page.getByText('Расскажите, что произошло')).toBeVisible();
  await page.getByText('Серверы').click();
  await page.getByRole('textbox', { name: 'Кратко о проблеме' }).fill('Не отвечает сервер');
  await page.getByRole('textbox', { name: 'Что произошло?' }).fill('С утра.');
  await assertNoLatinWords(page);
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'журнал.txt', mimeType: 'text/plain', buffer: Buffer.from('ошибка') }]);
  await page.getByRole('button', { name: 'Создать тикет' }).click();
  await expect(page.getByRole('heading', { name: 'Не отвечает сервер' })).toBeVisible();
  await expect(page.getByRole('article').getByText('журнал.txt')).toBeVisible(slow);
  await assertNoLatinWords(page);

  const number = page.url().split('/').at(-1);
  const post = (verb: string, body: object) =>
    desk.api(`/staff/tickets/${number}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  await post('comments', { body: 'Перезагрузили.', status_key: 'resolved' });
  const answer = page.getByRole('article').filter({ hasText: 'Перезагрузили.' }).last();
  await answer.getByRole('button', { name: 'Да', exact: true }).click(slow);
  await expect(answer.getByRole('button', { name: 'Да', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByText('9', { exact: true }).click();
  await assertNoLatinWords(page, ['Elena', 'Markova']);
  await page.getByRole('button', { name: 'Оценить и закрыть' }).click();
  const composer = page.getByRole('textbox', {
    name: /^Напишите, чтобы открыть/,
  });
  await composer.fill('Снова не отвечает.');
  await assertNoLatinWords(page, ['Elena', 'Markova']);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(page.getByText('Снова не отвечает.')).toBeVisible(slow);
  const isClosed = async () => (await desk.api<{ is_closed: boolean }>(`/staff/tickets/${number}`)).is_closed;
  await expect.poll(isClosed, slow).toBe(false);
  assert.deepEqual(errors, []);
});

/** Words of the page itself, without texts of people. */
async function assertNoLatinWords(page: Page, names: string[] = []) {
  const words = await page.evaluate(() => {
    const own = document.querySelector('main')?.cloneNode(true) as HTMLElement; // there is one
    for (const text of own.querySelectorAll('[data-row] b, .markdown, kbd, [lang="en"]')) text.remove();
    const labels = [...own.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((each) =>
      ['aria-label', 'placeholder', 'title'].map((name) => each.getAttribute(name) ?? ''),
    );
    return `${own.textContent ?? ''} ${labels.join(' ')}`.match(/[A-Za-z]{3,}/g) ?? [];
  });
  const known = ['Markdown', 'DNS', 'name', 'example', 'com', 'txt', 'English', ...names];
  assert.deepEqual(
    words.filter((word) => !known.includes(word)),
    [],
  );
}

test('42: 320 px, and text at 200 %, need no sideways scrolling', async () => {
  for (const [name, options, zoom] of [
    ['320 px', { viewport: { width: 320, height: 640 } }, 1],
    ['200 %', { viewport: { width: 640, height: 800 } }, 2],
  ] as const) {
    const { page } = await desk.client('Юлия Шестакова', options);
    await page.evaluate((value) => Object.assign(document.documentElement.style, { zoom: value }), zoom);
    await expect(page.locator('[data-row]').first()).toBeVisible();
    await assertNoSidewaysScroll(page, `${name}, list`);
    await page.getByRole('link', { name: 'Новый тикет' }).click();
    await expect(page.getByRole('heading', { name: 'Новый тикет' })).toBeVisible();
    await page.getByRole('button', { name: 'Создать тикет' }).click();
    await assertNoSidewaysScroll(page, `${name}, new ticket`);
    await page.getByRole('link', { name: /^(К|Назад к) списк/ }).click();
    await page.locator('[data-row]').first().click();
    await expect(page.getByRole('article').first()).toBeVisible(slow);
    await assertNoSidewaysScroll(page, `${name}, ticket`);
  }
});

test('12: a reply of support is read aloud, counted in the title and put first; the list survives errors', async () => {
  const { page } = await desk.client('Aisha Rahman');
  const rows = page.locator('[data-row]');
  await expect(rows.first()).toBeVisible();
  const before = Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);
  const read = page
    .locator('[data-row]')
    .filter({ hasNotText: /New reply|Closed|Solved/ })
    .last();
  const number = await read.getAttribute('data-row');
  const reply = (body: string) =>
    desk.api(`/staff/tickets/${number}/comments`, { method: 'POST', body: JSON.stringify({ body }) });
  await reply('Please look again.');
  await expect(page.getByText(/^New message from /)).toBeAttached(slow);
  await expect(rows.first()).toHaveAttribute('data-row', number ?? '');
  await expect(rows.first()).toContainText('New reply:');
  await expect(page).toHaveTitle(`(${before + 1}) Support`, slow);

  await page.route('**/support/tickets?*', (route) => route.abort());
  await reply('And again.');
  await expect(page.getByText('Could not refresh the list.')).toBeVisible(slow);
  await expect(rows.first()).toBeVisible();
  await page.unroute('**/support/tickets?*');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('Could not refresh the list.')).toHaveCount(0);
});

test('a long list is loaded as it is scrolled, and what waits for the client stands first', async () => {
  const { page } = await desk.client('Полина Зимина');
  const rows = page.locator('[data-row]');
  await expect(rows.first()).toBeVisible();
  const post = (path: string, body: object) =>
    desk.api<{ number: number }>(path, { method: 'POST', body: JSON.stringify(body) });
  const open = (summary: string) =>
    post('/staff/tickets', { account_external_id: '17764', summary, comment_body: 'x' });
  await open('Which disk?');
  for (let each = 1; each <= 60; each += 1) {
    const { number } = await open(`Ticket ${each}`);
    await post(`/staff/tickets/${number}/comments`, { body: 'We look.', status_key: 'in_progress' });
  }
  await page.reload();
  await expect(rows).toHaveCount(50);
  await expect(rows.filter({ hasText: 'Which disk?' })).toContainText('Нужен ваш ответ');
  const waits = await rows.evaluateAll((all) =>
    all.map((row) => row.textContent.includes('Нужен ваш ответ')),
  );
  assert.deepEqual(
    waits,
    waits.toSorted((one, other) => Number(other) - Number(one)),
  );
  await page.keyboard.press('j');
  await page.locator('section').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(rows.nth(59)).toBeAttached(slow);
  await expect(page.getByRole('button', { name: 'Показать ещё' })).toHaveCount(0);
});

test('47: a new build is told by a bar, and the reload keeps the draft; without a draft it comes by itself', async () => {
  const { page: idle } = await desk.client('Greg Lawson');
  await idle.evaluate(() => Object.assign(window, { isSamePage: true }));
  await idle.route('**/portal/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  const { page } = await desk.client('Rachel Kim');
  await page.getByRole('link', { name: 'New ticket' }).click();
  await page.getByRole('textbox', { name: 'Summary' }).fill('Before the update');
  await page.route('**/portal/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await desk.restart(); // the stream connects again, and asks
  await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 40_000 });
  await expect(idle.getByText('A new version is ready.')).toBeVisible({ timeout: 40_000 });
  for (const each of [idle, page]) await each.evaluate(hide);
  await idle.waitForFunction(() => !('isSamePage' in window));
  await page.unroute('**/portal/');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('textbox', { name: 'Summary' })).toHaveValue('Before the update');
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
});

/** As when another tab is looked at. */
function hide() {
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange'));
}
