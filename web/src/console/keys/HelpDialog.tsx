import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Fragment } from 'react';
import { usePreferences } from '../preferences.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { bindingsOf, PREFERENCE_OFF } from './bindings.ts';
import { Caps } from './Caps.tsx';
import styles from './HelpDialog.module.css';
import { closeHelp } from './help.ts';
import { keyIds, keys, rowOf } from './keys.ts';
import { useGroups } from './useGroups.ts';

/** All keys with their names of now. */
export default function HelpDialog() {
  const { i18n } = useLingui();
  const preferences = usePreferences();
  const groups = useGroups();
  const bindings = bindingsOf(keys, preferences);
  return (
    <Dialog isText title={t`Keyboard shortcuts`} width={860} onClose={closeHelp}>
      {preferences[PREFERENCE_OFF] === true && (
        <p className={styles.off}>
          <Trans>Single keys are switched off in the settings.</Trans>
        </p>
      )}
      <div className={styles.groups}>
        {groups.map(({ where, name }) => (
          <section key={where} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {keyIds
                .filter((id) => rowOf(id).where === where)
                .map((id) => {
                  const own = bindings.filter((binding) => binding.id === id && binding.key !== 'Shift+/');
                  return (
                    own.length > 0 && (
                      <div key={id}>
                        <dt>{i18n._(rowOf(id).words)}</dt>
                        <dd>
                          {own.map(({ key }, index) => (
                            <Fragment key={key}>
                              {index > 0 && (
                                <small>
                                  <Trans>or</Trans>
                                </small>
                              )}
                              <Caps keys={key} />
                            </Fragment>
                          ))}
                        </dd>
                      </div>
                    )
                  );
                })}
            </dl>
          </section>
        ))}
        <section aria-label={t`Composer`}>
          <h3>
            <Trans>Composer</Trans>
          </h3>
          <dl>
            {composerKeys().map(({ key, words }) => (
              <div key={key}>
                <dt>{words}</dt>
                <dd>
                  <Caps keys={key} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

/** The composer binds these itself; they have a modifier, and cannot be changed. */
const composerKeys = () => [
  { key: 'Mod+Enter', words: t`Send` },
  { key: 'Mod+Shift+Enter', words: t`Send and resolve` },
  { key: 'Mod+Alt+Enter', words: t`Send and open the next one` },
  { key: 'Mod+B', words: t`Bold` },
  { key: 'Mod+I', words: t`Italic` },
  { key: 'Mod+E', words: t`Code` },
  { key: 'Mod+Shift+P', words: t`Preview` },
  { key: 'Mod+Shift+A', words: t`Attach files` },
];
