/** What the tables of screens are made of. */
import type { Page } from 'playwright-core';
import { readCatalog } from '../../catalogs.ts';
import type { Desk } from '../desk.ts';

export type Face = 'console' | 'portal';
/** `long` is English with texts that are longer by two fifths, as another language might be. */
export type Language = 'en' | 'ru' | 'long';
export type Form = 'desktop' | 'phone';

export interface Stage {
  page: Page;
  desk: Desk;
  form: Form;
  /** A text of the face in the language of the page; `long` contains the English one. */
  t(text: string): string;
}

export interface Screen {
  name: string;
  /** Without it, on both. */
  form?: Form;
  /** Somebody who is not signed in, at this path. */
  guest?: string;
  /** Leads there from the first page of the face. */
  open(stage: Stage): Promise<unknown>;
}

export function wordsOf(face: Face, language: Language): (text: string) => string {
  if (language !== 'ru') return (text) => text;
  const catalog = readCatalog(face, 'ru');
  return (text) => catalog.get(text) || text;
}

/** Lengthens the English texts as they are loaded. */
export async function lengthen(page: Page) {
  await page.route(/\/assets\/en-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    // A message without parameters is one text.
    const body = (await response.text()).replace(/:\["([^"\\]+)"\]/g, (_, text) => `:["${longer(text)}"]`);
    await route.fulfill({ response, body });
  });
}

const longer = (text: string) => `${text} ${'mehr Text '.repeat(9).slice(0, Math.ceil(text.length * 0.4))}`;

/** Goes to a page of the face without loading it. */
export const go =
  (path: string) =>
  ({ page }: Stage) =>
    page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);

/** Loads the first page anew while requests to `url` get no response, or fail. */
export const withoutResponse =
  (url: string, what: 'wait' | 'fail' = 'wait') =>
  async ({ page }: Stage) => {
    await page.route(url, (route) => (what === 'fail' ? route.abort() : new Promise(() => {})));
    await page.reload();
    await page.waitForSelector('[data-ready]');
  };

export const button = ({ page, t }: Stage, name: string) => page.getByRole('button', { name: t(name) });

export async function newBuild({ page }: Stage, index: string) {
  const body = '<script type="module" src="/assets/new.js">';
  await page.route(index, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}
