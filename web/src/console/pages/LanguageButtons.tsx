import { useLingui } from '@lingui/react/macro';
import { LANGUAGES, type Language } from '#shared/i18n.ts';
import styles from './SignInPage.module.css';

export const languageNames: Record<Language, string> = { en: 'English', ru: 'Русский' };

/** For a page whose reader is not known yet: each language by its own name. */
export function LanguageButtons({ onChoose }: { onChoose(language: Language): void }) {
  const { i18n } = useLingui();
  return (
    <div className={styles.languages}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.locale === language}
          onClick={() => onChoose(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </div>
  );
}
