/** Invitations, passwords and second factors, and a session that ends while somebody works. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { codeOf } from '../../../server/test/sign-in.ts';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const desk = await openDesk();
after(() => desk.close());

const PASSWORD = 'three quiet herons';

async function invite(name: string) {
  const email = `${randomUUID()}@host.example`;
  const body = JSON.stringify({ email, name, role: 'agent' });
  const member = await desk.api<{ invitation: { secret: string } }>('/staff/members', {
    method: 'POST',
    body,
  });
  return { email, secret: member.invitation.secret };
}

async function signIn(page: Page, email: string, code?: string) {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  if (!code) return;
  await expect(page.getByLabel(/^Code/)).toBeFocused();
  await page.getByLabel(/^Code/).fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A member who has chosen their password and works. */
async function joined(name: string) {
  const { email, secret } = await invite(name);
  const visitor = await desk.guest();
  const { page } = visitor;
  await page.goto(`${desk.url}/console/accept#${secret}`);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Repeat the password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await signIn(page, email);
  await expect(page.locator('[data-number]').first()).toBeVisible({ timeout: 15_000 });
  return { ...visitor, email };
}

test('an invitation leads to a password, and the second factor to a code at the next sign-in', async () => {
  const guest = await desk.guest();
  await guest.page.goto(`${desk.url}/console/accept#unknown`);
  await guest.page.getByLabel('New password').fill(PASSWORD);
  await guest.page.getByLabel('Repeat the password').fill('three quiet geese');
  await guest.page.getByRole('button', { name: 'Save the password' }).click();
  await expect(guest.page.getByText('The two passwords differ.')).toBeVisible();
  await guest.page.getByLabel('Repeat the password').fill(PASSWORD);
  await guest.page.getByRole('button', { name: 'Save the password' }).click();
  await expect(guest.page.getByRole('alert')).toHaveText(/used, replaced or has expired/);
  assert.deepEqual(await axeViolations(guest.page), []);

  const { page, email, errors } = await joined('Vera Smirnova');
  await page.goto(`${desk.url}/console/settings/signing-in`);
  await page.getByRole('button', { name: 'Set up the second factor' }).click();
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  assert.deepEqual(await axeViolations(page), []);
  const secret = ((await page.locator('code').first().textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel(/^Code/).fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('alert')).toHaveText(/The code is wrong/);
  await page.getByLabel(/^Code/).fill(codeOf(secret, -1)); // leaves the codes of now unused
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I have stored them' }).click();
  await expect(
    page.getByText('It is on: signing in needs a code from your authenticator app.'),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Vera Smirnova' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signIn(page, email, codeOf(secret));
  await expect(page.locator('[data-number]').first()).toBeVisible({ timeout: 15_000 });
  assert.deepEqual(errors, []);
});

test('a session ends while somebody types: they sign in over the page, and nothing is lost', async () => {
  const { page, email } = await joined('Igor Belov');
  await page.locator('[data-number]').first().click();
  const composer = page.getByRole('textbox', { name: /^Reply to/ });
  await composer.fill('Half a sentence');
  const address = page.url();
  await page.context().clearCookies();
  await page.locator('[data-number]').nth(1).click();
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Password')).toBeFocused();
  assert.deepEqual(await axeViolations(page), []);
  await signIn(page, email);
  await expect(dialog).toBeHidden();
  await expect(composer).toBeVisible();
  await page.goBack();
  await page.waitForURL(address);
  await expect(composer).toHaveValue('Half a sentence');
});

test('when somebody else signs in, the page is loaded anew for them', async () => {
  const { page } = await joined('Anna Lind');
  const other = await joined('Boris Kim');
  await page.context().clearCookies();
  await page.locator('[data-number]').first().click();
  await expect(page.getByRole('dialog', { name: 'Please sign in again' })).toBeVisible();
  await signIn(page, other.email);
  await expect(page.getByRole('button', { name: 'Boris Kim' })).toBeVisible({ timeout: 15_000 });
});

test('too many attempts are counted down, and the words are in the language of the page', async () => {
  const { page } = await desk.guest({ locale: 'ru-RU' });
  await page.goto(`${desk.url}/console/waiting_client`);
  await page.route('**/staff/session', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '42', 'content-type': 'application/problem+json' },
      body: JSON.stringify({ code: 'too_many_requests', detail: 'Too many attempts.', status: 429 }),
    }),
  );
  await page.getByLabel('Пароль', { exact: true }).fill('wrong');
  await page.getByLabel(/почта|E-mail/i).fill('nobody@host.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Слишком много запросов: подождите немного.');
  await expect(page.getByRole('button', { name: /Повторить через 4\d с/ })).toBeDisabled();
});
