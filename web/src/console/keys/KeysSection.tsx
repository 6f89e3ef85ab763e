import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { RotateCcw } from 'lucide-react';
import { Button } from '#shared/ui/Button.tsx';
import { savePreferences, usePreferences } from '../preferences.ts';
import { Section } from '../ui/Section.tsx';
import { Switch } from '../ui/Switch.tsx';
import { PREFERENCE_OFF, preferenceOf } from './bindings.ts';
import { KeyRecorder } from './KeyRecorder.tsx';
import styles from './KeysSection.module.css';
import { keyIds, rowOf } from './keys.ts';
import { isMac } from './names.ts';
import { useGroups } from './useGroups.ts';

/** Single keys can be switched off, and every key can be changed (WCAG 2.1.4). */
export function KeysSection() {
  const modifier = isMac ? '⌘' : 'Ctrl';
  const preferences = usePreferences();
  const changed = keyIds.filter((id) => preferences[preferenceOf(id)] !== undefined);
  return (
    <Section>
      <Switch
        label={t`Single keys`}
        hint={t`Letters that do something while you are not typing. Keys with ${modifier} always work.`}
        checked={preferences[PREFERENCE_OFF] !== true}
        onChange={(isOn) => void savePreferences({ [PREFERENCE_OFF]: isOn ? null : true })}
      />
      {useGroups().map(({ where, name }) => (
        <section key={where} className={styles.group} aria-label={name}>
          <h3>{name}</h3>
          <ul>
            {keyIds
              .filter((id) => rowOf(id).where === where)
              .map((id) => (
                <KeyRecorder key={id} id={id} />
              ))}
          </ul>
        </section>
      ))}
      <Button
        icon={<RotateCcw size={15} aria-hidden />}
        disabled={changed.length === 0}
        onClick={() =>
          void savePreferences(Object.fromEntries(changed.map((id) => [preferenceOf(id), null])))
        }
      >
        <Trans>Reset all keys</Trans>
      </Button>
    </Section>
  );
}
