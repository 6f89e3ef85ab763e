/** What the reader has chosen for this browser: language, theme, and whether single keys do something. */
import { activateLanguage, type Catalogs, chooseLanguage, LANGUAGES, type Language } from '#shared/i18n.ts';
import { createStore } from '#shared/store.ts';
import { getSession } from './session.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

interface Preferences {
  /** Null: that of the account, else of the browser. */
  language: Language | null;
  theme: Theme;
  hasKeys: boolean;
}

const KEY = 'paneldesk.portal.preferences';
const catalogs: Catalogs = {
  en: () => import('#locales/portal/en.po'),
  ru: () => import('#locales/portal/ru.po'),
};

const preferences = createStore<Preferences>(read());
export const getPreferences = preferences.get;
export const usePreferences = preferences.use;

/** Takes effect at once, without a reload. */
export async function changePreferences(changed: Partial<Preferences>) {
  preferences.set({ ...preferences.get(), ...changed });
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {} // storage is switched off: it holds for this page
  await applyPreferences();
}

export async function applyPreferences() {
  const { theme, language } = preferences.get();
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  await activateLanguage(catalogs, chooseLanguage(language, getSession()?.user.locale));
}

function read(): Preferences {
  const none: Preferences = { language: null, theme: 'auto', hasKeys: true };
  try {
    const stored: Partial<Preferences> = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      language: LANGUAGES.find((known) => known === stored.language) ?? none.language,
      theme: THEMES.find((known) => known === stored.theme) ?? none.theme,
      hasKeys: stored.hasKeys !== false,
    };
  } catch {
    return none;
  }
}
