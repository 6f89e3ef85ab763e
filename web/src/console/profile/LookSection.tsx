import { t } from '@lingui/core/macro';
import { Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react';
import { i18n, LANGUAGES, type Language } from '#shared/i18n.ts';
import { setTheme, theme } from '#shared/theme.ts';
import { focusWhenThere } from '../keys/focus.ts';
import { changeLanguage } from '../language.ts';
import { languageNames } from '../pages/LanguageButtons.tsx';
import { density, setDensity } from '../settings.ts';
import { Choice } from '../ui/Choice.tsx';
import { Section } from '../ui/Section.tsx';

/** Theme and density of this device, and the member's language. */
export function LookSection() {
  return (
    <Section>
      <Choice
        label={t`Theme`}
        name="theme"
        value={theme.use()}
        onChange={setTheme}
        options={[
          { value: 'auto', name: t`System`, icon: <Monitor size={15} aria-hidden /> },
          { value: 'light', name: t`Light`, icon: <Sun size={15} aria-hidden /> },
          { value: 'dark', name: t`Dark`, icon: <Moon size={15} aria-hidden /> },
        ]}
      />
      <Choice
        label={t`List density`}
        name="density"
        value={density.use()}
        onChange={setDensity}
        options={[
          { value: 'comfortable', name: t`Comfortable`, icon: <Rows3 size={15} aria-hidden /> },
          { value: 'compact', name: t`Compact`, icon: <Rows4 size={15} aria-hidden /> },
        ]}
      />
      <p>{t`Theme and density belong to this device.`}</p>
      <Choice<Language>
        label={t`Language`}
        name="language"
        value={i18n.locale as Language} // we activate no other one
        onChange={(language) => {
          void changeLanguage(language).then(() => focusWhenThere('[name=language]:checked'));
        }}
        options={LANGUAGES.map((language) => ({
          value: language,
          name: languageNames[language],
          lang: language,
        }))}
      />
    </Section>
  );
}
