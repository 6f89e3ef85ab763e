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
  /** A text of the face in the language of the page. */
  t(text: string): string;
}

export interface Screen {
  name: string;
  /** Without it, on both. */
  form?: Form;
  /** Somebody who is not signed in, at this path. */
  guest?: string;
  /** What it shows is brought into view when it is opened: it is opened anew in a smaller window. */
  isPlaced?: boolean;
  /** Leads there from the first page of the face. */
  open(stage: Stage): Promise<unknown>;
}

export function wordsOf(face: Face, language: Language): (text: string) => string {
  if (language === 'long') return longer;
  if (language === 'en') return (text) => text;
  const catalog = readCatalog(face, 'ru');
  return (text) => catalog.get(text) || text;
}

/** A part of a compiled message: a text, or a parameter, which may have texts for each of its values. */
type Part = string | [name: string, type?: string, texts?: Record<string, Part[] | string>];

/** Lengthens the English messages as they are loaded. */
export async function lengthen(page: Page) {
  await page.route(/\/assets\/en-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    const code = await response.text();
    const { messages } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    if (!messages) return route.fulfill({ response }); // the names of emoji
    const long = mapValues(messages as Record<string, Part[] | string>, lengthenMessage);
    await route.fulfill({ response, body: `export const messages = ${JSON.stringify(long)};` });
  });
}

const lengthenMessage = (message: Part[] | string): Part[] | string =>
  typeof message === 'string' ? longer(message) : message.map(lengthenPart);

function lengthenPart(part: Part): Part {
  if (typeof part === 'string') return longer(part);
  const [name, type, texts] = part;
  return type && texts ? [name, type, mapValues(texts, lengthenMessage)] : part;
}

const mapValues = <Value>(object: Record<string, Value>, change: (value: Value) => Value) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

const accents: Record<string, string> = { a: 'ä', e: 'é', i: 'ï', o: 'ö', u: 'ü', y: 'ÿ', n: 'ñ', c: 'ç' };

/** Every word by two fifths, with accents: “Settings” becomes “Séettïiñngs”. */
function longer(text: string): string {
  return text.replace(/[a-z]+/gi, (word) => {
    const length = Math.round(word.length * 1.4);
    let more = length - word.length;
    const doubled = word.replace(/[aeiouyncAEIOU]/g, (letter) => {
      const accented = accents[letter] ?? letter;
      return more-- > 0 ? accented + letter.toLowerCase() : accented;
    });
    return doubled.padEnd(length, 'ñ');
  });
}

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
