/**
 * `npm run e2e:screens`: every screen of both faces, in both languages and themes, on a desktop and on a phone. Fails
 * where axe finds a violation, where there is not one heading and one main part, and where something does not fit: at
 * 320 px and at 200 %, too, and with texts that are longer. Writes the pictures to docs/screenshots.
 *
 *     SCREENS=portal-list,settings,phone-ru npm run e2e:screens     only those with one of these in their name
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { type Desk, openDesk, type Visitor } from './desk.ts';
import { landmarkProblems, sizeProblems } from './screens/checks.ts';
import { consoleScreens } from './screens/console.ts';
import { portalScreens } from './screens/portal.ts';
import { hasLayer, reachProblems } from './screens/reach.ts';
import { type Face, type Form, type Language, lengthen, type Screen, wordsOf } from './screens/screen.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'screenshots');
const only = process.env.SCREENS?.split(',');
const screens: Record<Face, Screen[]> = { portal: portalScreens, console: consoleScreens };

const people: Record<Face, Record<Language, string>> = {
  console: { en: 'Elena Markova', ru: 'Elena Markova', long: 'Elena Markova' }, // an admin, who may do everything
  portal: { en: 'Jonas Weber', ru: 'Полина Зимина', long: 'Jonas Weber' },
};

const forms: Record<Form, BrowserContextOptions> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
/** As small as the form may become: a desktop of 1280 px at 200 %, and a phone of 320 px. */
const smallest: Record<Form, { width: number; height: number }> = {
  desktop: { width: 640, height: 400 },
  phone: { width: 320, height: 568 },
};

const titleOf = (face: Face, { name }: Screen, form: Form, language: Language) =>
  `${face}-${name}-${form}-${language}`;

test('every screen is free of violations, and everything fits', async (t) => {
  mkdirSync(folder, { recursive: true });
  const desk = await openDesk();
  t.after(() => desk.close());
  await mergeTickets(desk);
  for (const face of ['portal', 'console'] as const)
    for (const language of ['en', 'ru', 'long'] as const)
      for (const form of ['desktop', 'phone'] as const) {
        const wanted = screens[face].filter((screen) => {
          const title = titleOf(face, screen, form, language);
          return (screen.form ?? form) === form && (!only || only.some((each) => title.includes(each)));
        });
        if (wanted.length === 0) continue;
        const open = face === 'console' ? desk.agent : desk.client;
        const options = {
          ...forms[form],
          locale: language === 'ru' ? 'ru-RU' : 'en-GB',
          reducedMotion: 'reduce',
        } as const;
        const member = await open(people[face][language], options);
        const guest = await desk.guest(options);
        const first = member.page.url();
        for (const screen of wanted) {
          const title = titleOf(face, screen, form, language);
          const visitor = screen.guest ? guest : member;
          await t.test(title, async () => {
            const open = async () => {
              await begin(visitor, screen.guest ? desk.url + screen.guest : first, language);
              await screen.open({ page: visitor.page, desk, form, t: wordsOf(face, language) });
              await visitor.page.waitForTimeout(400); // what has no sign of its end: a dialog that opens, a thumbnail
            };
            // A screen before that failed may have left it small.
            const { viewport } = forms[form];
            if (viewport) await visitor.page.setViewportSize(viewport);
            await open();
            const problems = await look(visitor, language, title);
            problems.push(...(await lookAtSmallest(visitor, form, language, title, open, screen.isPlaced)));
            if (problems.length > 0) throw new Error(problems.join('\n'));
          });
        }
        await Promise.all([member, guest].map(({ page }) => page.context().close()));
      }
});

/** A closed ticket of each person’s account that goes on in another one. */
async function mergeTickets(desk: Desk) {
  for (const name of ['Kestrel', 'Точка роста']) {
    const account = await desk.account(name);
    const from = await account.open('PTR 185.76.12.41', 'Please set it to mail.shop.example.');
    const into = await account.open('Reverse DNS, IPv6', 'The same for 2001:db8::41, please.');
    await desk.api(`/staff/tickets/${from}/merge`, { method: 'POST', body: JSON.stringify({ into }) });
  }
}

/** The first page, as if the screens before had not been opened. */
async function begin({ page, errors }: Visitor, url: string, language: Language) {
  await page.context().setOffline(false);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  if (language === 'long') await lengthen(page);
  if (page.url().startsWith('http')) await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await forgetUnsent(page, new URL(url).origin);
  errors.length = 0;
  await page.goto(url);
  await page.waitForSelector('[data-ready]');
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** A message that was refused asks its author again in every page. */
async function forgetUnsent(page: Page, origin: string) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await browser.detach();
}

/** With the colours of day and night. */
async function look({ page, errors }: Visitor, language: Language, title: string): Promise<string[]> {
  const problems = [...(await landmarkProblems(page)), ...(await sizeProblems(page))];
  for (const colorScheme of language === 'long' ? (['light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(100); // until it is drawn
    await page.screenshot({ path: join(folder, `${title}-${colorScheme}.png`) });
    if (language === 'long') continue;
    // The guards of the library say themselves what they are.
    const found = await axeViolations(page, ['[data-base-ui-focus-guard]']);
    // A menu lies over the page and in none of its parts.
    const hasMenu = await page.locator('[role=menu]').first().isVisible();
    const counted = found.filter((each) => !(hasMenu && each.startsWith('region:')));
    problems.push(...counted.map((each) => `${colorScheme}: ${each}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return [...problems, ...errors];
}

/** What lies over the page is opened anew: it may stand elsewhere than after the window has become smaller. */
async function lookAtSmallest(
  { page, errors }: Visitor,
  form: Form,
  language: Language,
  title: string,
  open: () => Promise<void>,
  isPlaced = false,
): Promise<string[]> {
  const { width } = smallest[form];
  const wasOver = await hasLayer(page); // a menu closes when its button goes
  await page.setViewportSize(smallest[form]);
  await page.waitForTimeout(300); // for what observes its size
  const isOver = wasOver || (await hasLayer(page));
  if (isOver || isPlaced) await open();
  const problems = await sizeProblems(page);
  await page.screenshot({ path: join(folder, `${title}-${width}.png`) });
  if (isOver && language === 'en') problems.push(...(await reachProblems(page)));
  return [...problems.map((each) => `${width} px: ${each}`), ...errors];
}
