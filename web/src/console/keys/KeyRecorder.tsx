import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useHotkeyRecorder } from '@tanstack/react-hotkeys';
import { RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '#shared/ui/Button.tsx';
import { savePreferences, usePreferences } from '../preferences.ts';
import { ownerOf, PREFERENCE_OFF, preferenceOf, recordable } from './bindings.ts';
import { Caps } from './Caps.tsx';
import styles from './KeysSection.module.css';
import { type KeyId, keys, rowOf } from './keys.ts';
import { labelOf, nameOf } from './names.ts';

/** One action with its key: a press on the button listens for another one. Esc keeps the old one. */
export function KeyRecorder({ id }: { id: KeyId }) {
  const { i18n } = useLingui();
  const preferences = usePreferences();
  const [problem, setProblem] = useState<string | null>(null);
  const own = preferences[preferenceOf(id)];
  const words = i18n._(rowOf(id).words);
  const key = typeof own === 'string' ? own : rowOf(id).key;

  const spoken = labelOf(key);
  const pressed = useRef('');
  const recorder = useHotkeyRecorder({
    recordBy: 'key',
    onRecord: () => void record(pressed.current),
    onCancel: () => setProblem(null),
    onReject: ({ reason, message }) =>
      setProblem(reason === 'validation' ? message : t`This key cannot be used.`),
    validate(given, { event }) {
      const recorded = recordable(given, event.code);
      if (recorded === null) return t`This key cannot be used.`;
      pressed.current = recorded;
      const owner = ownerOf(keys, { ...preferences, [PREFERENCE_OFF]: false }, recorded);
      if (owner === null || owner === id) return true;
      return t`${nameOf(recorded)} is taken: ${i18n._(rowOf(owner).words)}`;
    },
  });

  function record(recorded: string) {
    setProblem(null);
    return savePreferences({ [preferenceOf(id)]: recorded === keys[id].key ? null : recorded });
  }

  return (
    <li className={styles.row}>
      <span>{words}</span>
      <Button
        size="small"
        aria-label={recorder.isRecording ? t`${words}: press a key` : t`${words}: ${spoken}. Change`}
        onClick={recorder.isRecording ? recorder.cancelRecording : recorder.startRecording}
        onBlur={() => recorder.isRecording && recorder.cancelRecording()}
      >
        {recorder.isRecording ? (
          <span className={styles.recording}>{t`Press a key…`}</span>
        ) : (
          <Caps keys={key} />
        )}
      </Button>
      {own !== undefined && (
        <IconButton
          size="small"
          label={t`Reset: ${words}`}
          icon={<RotateCcw size={14} aria-hidden />}
          onClick={() => void savePreferences({ [preferenceOf(id)]: null })}
        />
      )}
      {problem && <p role="alert">{problem}</p>}
    </li>
  );
}
