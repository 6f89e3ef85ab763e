/** The language of the console: as the member has chosen, else as the browser prefers. */
import type { CurrentMember } from '#api/generated/types.gen.ts';
import { activateLanguage, type Catalogs, chooseLanguage, i18n, type Language } from '#shared/i18n.ts';
import { readKept, writeKept } from '#shared/kept.ts';
import { savePreferences } from './preferences.ts';

const KEY = 'paneldesk.language';
const catalogs: Catalogs = {
  en: () => import('#locales/console/en.po'),
  ru: () => import('#locales/console/ru.po'),
};

/** Before it is known who it is: as it was here the last time. */
export const startLanguage = () => activateLanguage(catalogs, chooseLanguage(readKept(KEY)));

/** On a device where the member has not worked before, their own choice. */
export async function followLanguage({ preferences }: CurrentMember) {
  const { language } = preferences;
  if (typeof language === 'string' && language !== i18n.locale) await showLanguage(chooseLanguage(language));
}

export async function showLanguage(language: Language) {
  writeKept(KEY, language);
  await activateLanguage(catalogs, language);
}

export async function changeLanguage(language: Language) {
  await showLanguage(language);
  await savePreferences({ language });
}
