/** The portal in Russian: its words, its keyboard, and the choice of the language. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());
const slow = { timeout: 15_000 };

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
  await page.getByRole('checkbox', { name: 'Keyboard shortcuts' }).uncheck();
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

test('11: menus, dialogs, settings, and what goes wrong, are Russian, too', async () => {
  const { page, errors } = await desk.client('Юлия Шестакова', { locale: 'ru-RU' });
  const known = await page.locator('[data-row]').first().getAttribute('data-row');
  const { account_id } = await desk.api<{ account_id: number }>(`/staff/tickets/${known}`);
  const body = JSON.stringify({ account_id, summary: 'Всё по-русски', comment_body: 'Здравствуйте!' });
  const { number } = await desk.api<{ number: number }>('/staff/tickets', { method: 'POST', body });
  await page.getByRole('button', { name: 'Настройки' }).click();
  await expect(page.getByRole('checkbox', { name: /клавиш/ })).toBeVisible();
  await assertNoLatinWords(page);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Поиск по тикетам' }).fill('нетакогослова');
  await expect(page.getByText(/ничего не найдено/)).toBeVisible(slow);
  await assertNoLatinWords(page);

  await page.goto(`${desk.url}/portal/t/${number}`);
  const menu = page.getByRole('button', { name: 'Другие действия' });
  await menu.click();
  await assertNoLatinWords(page, NAMES);
  await page.getByRole('menuitem', { name: 'Кто пишет…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible(slow);
  await page.getByRole('textbox', { name: 'Копии' }).fill('не адрес');
  await page.keyboard.press('Enter');
  await assertNoLatinWords(page, NAMES);
  await page.getByRole('button', { name: 'Отмена' }).click();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Закрыть тикет…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible(slow);
  await assertNoLatinWords(page, NAMES);
  await page.keyboard.press('Escape');

  await page.context().setOffline(true);
  const composer = page.getByRole('textbox', { name: 'Написать сообщение…' });
  await composer.fill('Без сети.');
  await expect(page.getByText(/^Нет сети/).first()).toBeVisible(slow);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await assertNoLatinWords(page, NAMES);
  await page.context().setOffline(false);
  await expect(page.getByText('отправляется…').or(page.getByText(/будет отправлено/))).toHaveCount(0, slow);

  await page.goto(`${desk.url}/portal/t/999999999`);
  await expect(page.getByText(/принадлежит не вам/).first()).toBeVisible(slow);
  await assertNoLatinWords(page);
  assert.deepEqual(errors, []);
});

/** Of the team, in the demo. */
const NAMES = ['Elena', 'Markova', 'Hanna', 'Lindqvist', 'Daniel', 'Reyes'];

/** Words of the page itself, without texts of people. */
async function assertNoLatinWords(page: Page, names: string[] = []) {
  const words = await page.evaluate(() => {
    const own = document.body.cloneNode(true) as HTMLElement; // a copy of an HTML element
    for (const text of own.querySelectorAll('script, [data-row] b, .markdown, kbd, [lang="en"]'))
      text.remove();
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
