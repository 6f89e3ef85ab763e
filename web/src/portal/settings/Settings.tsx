import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Settings2 } from 'lucide-react';
import { useId, useRef } from 'react';
import { i18n, LANGUAGES, type Language } from '#shared/i18n.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { KeyList } from '../KeyList.tsx';
import { changePreferences, THEMES, type Theme, usePreferences } from '../preferences.ts';
import { usePlaceBelow } from '../usePlaceBelow.ts';
import styles from './Settings.module.css';

const languages: Record<Language, string> = { en: 'English', ru: 'Русский' };

/** Language, looks and keys of this browser, in a small panel under a button. */
export function Settings() {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const placeBelow = usePlaceBelow(panel);
  const { theme, hasKeys } = usePreferences();
  const themes: Record<Theme, string> = { auto: t`System`, light: t`Light`, dark: t`Dark` };

  return (
    <>
      <IconButton
        size="large"
        label={t`Settings`}
        icon={<Settings2 size={18} aria-hidden />}
        popoverTarget={id}
        onClick={({ currentTarget }) => placeBelow(currentTarget)}
      />
      <div ref={panel} id={id} popover="auto" role="dialog" aria-label={t`Settings`} className={styles.panel}>
        <fieldset>
          <legend>
            <Trans>Language</Trans>
          </legend>
          {LANGUAGES.map((language) => (
            <label key={language} lang={language}>
              <input
                type="radio"
                name={`${id}-language`}
                checked={i18n.locale === language}
                onChange={() => void changePreferences({ language })}
              />
              {languages[language]}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>
            <Trans>Appearance</Trans>
          </legend>
          {THEMES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`${id}-theme`}
                checked={theme === each}
                onChange={() => void changePreferences({ theme: each })}
              />
              {themes[each]}
            </label>
          ))}
        </fieldset>
        <fieldset className={styles.keys}>
          <legend>
            <Trans>Keyboard</Trans>
          </legend>
          <label>
            <input
              type="checkbox"
              checked={hasKeys}
              onChange={() => void changePreferences({ hasKeys: !hasKeys })}
            />
            <Trans>Keyboard shortcuts</Trans>
          </label>
          <KeyList />
        </fieldset>
      </div>
    </>
  );
}
