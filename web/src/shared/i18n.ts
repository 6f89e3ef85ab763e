/** The language of the page: messages are loaded by language, and changed without a reload. */
import { i18n, type Messages } from '@lingui/core';
import { importPart } from './import-part.ts';
import { sayNotLoaded } from './not-loaded.ts';

export { i18n }; // the one that the macros speak

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Loads the messages of one language; each is a chunk of its own. */
export type Catalogs = Record<Language, () => Promise<{ messages: Messages }>>;

export async function activateLanguage(catalogs: Catalogs, language: Language) {
  const end = i18n.locale ? undefined : sayNotLoaded(language); // without the first one there is no page
  const { messages } = await importPart(catalogs[language]);
  end?.();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** The first of these that we speak, else what the browser prefers, else English. */
export function chooseLanguage(...wanted: Array<string | null | undefined>): Language {
  for (const tag of [...wanted, ...navigator.languages]) {
    const language = LANGUAGES.find((known) => tag?.toLowerCase().startsWith(known));
    if (language) return language;
  }
  return 'en';
}

/** A text that the server has in both languages. */
export const inLanguage = (text: Record<Language, string>): string =>
  text[i18n.locale as Language] ?? text.en;

/** The language with the reader's region, where the browser names one: it decides on 24 hours and the order of a date. */
export const regionalLanguage = (): string =>
  navigator.languages.find((tag) => tag.startsWith(`${i18n.locale}-`)) ?? i18n.locale;
