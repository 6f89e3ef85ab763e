/**
 * `npm run e2e:screens`: every screen in both themes and languages, on a desktop and on a phone. Prints the violations
 * that axe finds, and scrolling that a page should not need; writes the pictures to docs/screenshots.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { openDesk, type Visitor } from './desk.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'screenshots');
const only = process.env.SCREENS;

interface Screen {
  face: 'console' | 'portal';
  name: string;
  /** Leads there from the first page of the face. */
  open(page: Page): Promise<void>;
}

const go = (path: string) => async (page: Page) => {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
};

const screens: Screen[] = [
  { face: 'portal', name: 'list', open: async () => {} },
  { face: 'portal', name: 'ticket', open: (page) => page.locator('main li a[href*="/t/"]').first().click() },
  {
    face: 'portal',
    name: 'solved',
    open: async (page) =>
      page
        .locator('main li a', { hasText: /Solved|Решён/ })
        .first()
        .click(),
  },
  { face: 'portal', name: 'new', open: go('/portal/new') },
  { face: 'portal', name: 'missing', open: go('/portal/t/99') },
  { face: 'console', name: 'queue', open: async () => {} },
  { face: 'console', name: 'ticket', open: (page) => page.locator('[data-number]').first().click() },
  {
    face: 'console',
    name: 'note',
    async open(page) {
      await page.locator('[data-number]').nth(3).click();
      await page
        .getByRole('button', { name: /Internal note|Внутренняя заметка/ })
        .first()
        .click();
    },
  },
  { face: 'console', name: 'search', open: go('/console/search?q=disk') },
  { face: 'console', name: 'settings', open: go('/console/settings') },
  {
    face: 'console',
    name: 'palette',
    async open(page) {
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(300);
    },
  },
  { face: 'console', name: 'keys', open: (page) => page.keyboard.press('?') },
  { face: 'console', name: 'empty', open: go('/console/topic.nothing') },
];

const people = {
  console: { en: 'Elena Markova', ru: 'Ольга Тимофеева' },
  portal: { en: 'Jonas Weber', ru: 'Полина Зимина' },
};

const forms = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

test('no screen has violations, and none scrolls sideways', async (t) => {
  mkdirSync(folder, { recursive: true });
  const desk = await openDesk();
  t.after(() => desk.close());
  for (const face of ['portal', 'console'] as const) {
    for (const language of ['en', 'ru'] as const) {
      for (const [form, options] of Object.entries(forms)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const locale = language === 'en' ? 'en-GB' : 'ru-RU';
          const open = face === 'console' ? desk.agent : desk.client;
          const visitor = await open(people[face][language], {
            ...options,
            locale,
            colorScheme,
            reducedMotion: 'reduce',
          });
          const first = visitor.page.url();
          for (const screen of screens.filter(
            (each) => each.face === face && (!only || each.name === only),
          )) {
            const title = `${face}-${screen.name}-${form}-${language}-${colorScheme}`;
            await t.test(title, async () => look(visitor, screen, first, title));
          }
          await visitor.page.context().close();
        }
      }
    }
  }
});

async function look({ page, errors }: Visitor, screen: Screen, first: string, title: string) {
  errors.length = 0;
  await page.goto(first);
  await page.waitForSelector('[data-ready]');
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await screen.open(page);
  await page.waitForTimeout(400); // what has no sign of its end: a dialog that opens, a thumbnail
  await page.screenshot({ path: join(folder, `${title}.png`) });
  const found = await axeViolations(page, ['[data-base-ui-focus-guard]']); // the library's own, declared as such
  const isWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  const problems = [...found, ...(isWide ? ['it scrolls sideways'] : []), ...errors];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
