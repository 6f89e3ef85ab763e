/** Signing in at an identity provider: whoever is refused learns on the sign-in page what to do. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expect } from '@playwright/test';
import type { Page } from 'playwright-core';
import { client, startProvider } from '../../../server/test/provider.ts';
import { axeViolations } from './axe.ts';
import { openDesk } from './desk.ts';

const provider = await startProvider();
const desk = await openDesk({
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: client.client_id,
  OIDC_CLIENT_SECRET: client.client_secret,
});
provider.serve(`${desk.url}/staff/session/oidc/callback`);
after(async () => {
  await desk.close();
  await provider.stop();
});

const enter = (page: Page) => page.getByRole('link', { name: 'Sign in with single sign-on' }).click();

test('a refusal is said in words, with a way on, and a member then comes to the address that was asked for', async () => {
  const { page, errors } = await desk.guest();
  provider.subject = 'stranger';
  provider.people.stranger = { email: 'nobody@host.example', email_verified: true };
  await page.goto(`${desk.url}/console/unassigned`);
  await enter(page);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText(/not an enabled team member here. Ask an admin/, { timeout: 15_000 });
  assert.equal(new URL(page.url()).hash, '', 'a reload does not say it again');
  assert.deepEqual(await axeViolations(page), []);

  provider.subject = undefined;
  await page.context().clearCookies({ domain: '127.0.0.1' });
  await enter(page);
  await expect(alert).toHaveText(/has not signed you in/, { timeout: 15_000 });

  provider.subject = 'daniel';
  provider.people.daniel = { email: 'daniel@northbay.example', email_verified: true };
  await enter(page);
  await expect(page.locator('[data-number]').first()).toBeVisible({ timeout: 20_000 });
  assert.equal(new URL(page.url()).pathname, '/console/unassigned');
  assert.deepEqual(errors, []);
});

test('a code that somebody made up is not shown, and the words are in the language of the browser', async () => {
  const { page, errors } = await desk.guest({ locale: 'ru-RU' });
  await page.goto(`${desk.url}/console#refused=call_555_1234`);
  await expect(page.getByRole('alert')).toHaveText('Войти не удалось. Попробуйте ещё раз.', {
    timeout: 15_000,
  });
  assert.doesNotMatch(await page.content(), /555/);
  assert.deepEqual(errors, []);
});
