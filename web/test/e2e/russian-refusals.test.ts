/** What the server refuses is said in Russian on Russian pages: requests are spoilt on their way, the refusals are real. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import { openDesk } from './desk.ts';

const LIMIT = 8;
const desk = await openDesk({ LIMIT_TICKETS_PER_MINUTE: String(LIMIT) });
after(() => desk.close());
const account = await desk.account('Точка роста');
const slow = { timeout: 20_000 };
const RUSSIAN = { locale: 'ru-RU' };

/** The first write to this place goes on after `work`, with a body that the server refuses. */
async function spoil(
  page: Page,
  url: string,
  changes: object,
  work: () => Promise<unknown> = async () => {},
) {
  let isDone = false;
  await page.route(url, async (route) => {
    const request = route.request();
    if (isDone || request.method() !== 'POST') return route.fallback();
    isDone = true;
    await work();
    return route.continue({ postData: JSON.stringify({ ...request.postDataJSON(), ...changes }) });
  });
}
const close = (number = 0) => desk.api(`/staff/tickets/${number}/close`, { method: 'POST', body: '{}' });

async function assertSaid(alert: Locator, words: string | RegExp) {
  await expect(alert.filter({ hasText: words }).first()).toBeVisible(slow);
  const said = await alert.filter({ hasText: words }).first().textContent();
  assert.doesNotMatch(String(said), /[a-z]{3,}/i);
}

test('a new ticket: at the field, with the focus on it, and nothing is lost', async () => {
  const { page, errors } = await desk.client('Полина Зимина', RUSSIAN);
  const create = page.getByRole('button', { name: 'Создать тикет' });
  const summary = page.getByRole('textbox', { name: 'Кратко о проблеме' });
  await page.getByRole('link', { name: 'Новый тикет' }).click();
  await summary.fill('Сайт не открывается');
  await page.getByRole('textbox', { name: 'Что произошло?' }).fill('С утра.');

  await spoil(page, '**/support/tickets', { summary: 'а'.repeat(300) });
  await create.click();
  await assertSaid(page.getByRole('alert'), 'В кратком описании должно быть от 1 до 255 символов.');
  await expect(summary).toBeFocused();
  await spoil(page, '**/support/tickets', { topic_key: 'gone' });
  await create.click();
  await assertSaid(page.getByRole('alert'), 'Этой темы больше нет: выберите другую.');
  await spoil(page, '**/support/tickets', { files: ['00000000-0000-4000-8000-000000000000'] });
  await create.click();
  await assertSaid(page.getByRole('alert'), 'Одного из файлов больше нет');
  await expect(summary).toHaveValue('Сайт не открывается');
  assert.deepEqual(errors, []);
});

test('files: too many, too large, and of a type that is not what they are called', async () => {
  const { page } = await desk.client('Полина Зимина', RUSSIAN);
  await page.getByRole('link', { name: 'Новый тикет' }).click();
  const files = page.locator('input[type=file]');
  const text = { mimeType: 'text/plain', buffer: Buffer.from('ошибка') };
  await files.setInputFiles(Array.from({ length: 11 }, (_, i) => ({ ...text, name: `${i}.txt` })));
  await assertSaid(page.getByRole('alert'), 'Не больше 10 файлов');
  await page.reload();
  await files.setInputFiles({ ...text, name: '1.txt', buffer: Buffer.alloc(20_000_001, 'a') });
  await assertSaid(page.getByRole('alert'), /^Больше \d+ МБ/);
  await files.setInputFiles({ name: '1.png', mimeType: 'image/png', buffer: Buffer.from('текст') });
  await assertSaid(page.getByRole('alert'), 'Содержимое файла не соответствует имени.');
});

test('a message to a ticket that was closed meanwhile', async () => {
  const number = await account.open('Закроется');
  const { page } = await desk.client('Полина Зимина', RUSSIAN);
  await page.goto(`${desk.url}/portal/t/${number}`);
  const composer = page.getByRole('textbox', { name: 'Написать сообщение…' });
  await composer.fill('Ещё вот что.');
  await spoil(page, '**/comments', {}, () => close(number));
  await page.getByRole('button', { name: 'Отправить' }).click();
  await assertSaid(page.getByRole('alert'), 'Тикет закрыт: сначала откройте его снова.');
});

test('the console: a wrong password', async () => {
  const { page } = await desk.guest(RUSSIAN);
  await page.goto(`${desk.url}/console/open`);
  await page.getByLabel('Эл. почта').fill('nobody@host.example');
  await page.getByLabel('Пароль', { exact: true }).fill('wrong and long enough');
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await assertSaid(page.getByRole('alert'), 'Адрес, пароль или код неверны.');
});

test('the console: splitting off everything, merging into itself, and a view without a name', async () => {
  const number = await account.open('Разделить нельзя');
  await account.comment(number, 'Второе');
  const { page } = await desk.agent('Ольга Тимофеева', RUSSIAN);
  await page.goto(`${desk.url}/console/open/${number}`);
  const choose = async (item: string) => {
    await page.locator('#conversation').getByRole('button', { name: 'Другие действия' }).first().click();
    await page.getByRole('menuitem', { name: item }).click();
    return page.getByRole('dialog');
  };
  const { comments } = await desk.api<{ comments: { id: number }[] }>(`/staff/tickets/${number}`);
  let dialog = await choose('Разделить…');
  await dialog.getByText('Второе').click();
  await dialog.getByRole('textbox', { name: 'Заголовок нового тикета' }).fill('Отдельно');
  await spoil(page, '**/split', { comment_ids: comments.map(({ id }) => id) });
  await dialog.getByRole('button', { name: 'Разделить' }).click();
  await assertSaid(dialog.getByRole('alert'), 'Хотя бы одно сообщение должно остаться в тикете.');
  await page.keyboard.press('Escape');

  const other = await account.open('Объединить');
  dialog = await choose('Объединить с…');
  await dialog.getByRole('textbox').fill(`#${other}`);
  await dialog.getByRole('radio', { name: new RegExp(String(other)) }).check();
  await spoil(page, '**/merge', { into: number });
  await dialog.getByRole('button', { name: 'Объединить' }).click();
  await assertSaid(dialog.getByRole('alert'), 'Тикет нельзя объединить с самим собой.');
  await page.keyboard.press('Escape');

  await page.goto(`${desk.url}/console/search?q=VPS`);
  await page.getByRole('button', { name: /Сохранить как представление/ }).click();
  dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Серверы');
  await spoil(page, '**/staff/views', { name: 'а'.repeat(101) });
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await assertSaid(dialog.getByRole('alert'), 'В названии должно быть от 1 до 100 символов.');
});

test('the console: which of many tickets were not changed, and why', async () => {
  const numbers = [await account.open('Останется'), await account.open('Закрыт')];
  const { page } = await desk.agent('Ольга Тимофеева', RUSSIAN);
  await page.goto(`${desk.url}/console/open`);
  for (const number of numbers) {
    await page.locator(`[data-number="${number}"]`).hover(slow);
    await page.getByRole('checkbox', { name: `Выбрать #${number}` }).check();
  }
  await spoil(page, '**/staff/bulk', {}, () => close(numbers[1]));
  await page.getByRole('toolbar').getByRole('button', { name: 'Решить' }).click();
  await expect(
    page.getByText(new RegExp(`^Не изменено 1 из 2: уже закрыт \\(#${numbers[1]}\\)`)).first(),
  ).toBeVisible(slow);
  await page.getByRole('button', { name: 'Показать' }).click();
  await expect(page.getByRole('dialog').getByText('уже закрыт', { exact: true })).toBeVisible();
});

test('the console: a code that nobody knows has words, and itself', async () => {
  const number = await account.open('Неизвестное');
  const { page } = await desk.agent('Ольга Тимофеева', RUSSIAN);
  await page.goto(`${desk.url}/console/open/${number}`);
  await page.route('**/staff/bulk', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'on_strike', detail: 'The server is on strike.', status: 409 }),
    }),
  );
  await expect(page.locator('#conversation').getByRole('combobox', { name: 'Назначить' })).toBeVisible(slow);
  await page.keyboard.press('i');
  await expect(page.getByText('Сервер отказал (on_strike).').first()).toBeVisible(slow);
  await expect(page.getByText('The server is on strike.')).toHaveCount(0);
});

test('too many tickets: how long to wait, last, as nobody can open one after that', async () => {
  const { page } = await desk.client('Юлия Шестакова', RUSSIAN);
  await page.evaluate(async (count) => {
    const { token } = JSON.parse(sessionStorage.getItem('paneldesk.session') ?? '');
    const headers = { 'X-Token': token, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ summary: 'Вопрос', comment_body: 'Ещё один.' });
    for (let i = 0; i < count; i++) await fetch('/support/tickets', { method: 'POST', headers, body });
  }, LIMIT);
  await page.getByRole('link', { name: 'Новый тикет' }).first().click();
  await page.getByRole('textbox', { name: 'Кратко о проблеме' }).fill('Последний вопрос');
  await page.getByRole('textbox', { name: 'Что произошло?' }).fill('Сколько можно?');
  await page.getByRole('button', { name: 'Создать тикет' }).click();
  await expect(page.getByRole('button', { name: /^Подождите \d+ с$/ })).toBeVisible(slow);
});
