import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useEffect, useId, useRef, useState } from 'react';
import { useLater } from '#shared/useLater.ts';
import { chooseWay, useWay, type Way } from '../composer/ways.ts';
import { savePreferences } from '../preferences.ts';
import { MAX_UNDO_SECONDS, UNDO_SECONDS, undoSeconds } from '../sending.ts';
import { Choice } from '../ui/Choice.tsx';
import { Section } from '../ui/Section.tsx';
import styles from './RepliesSection.module.css';

const SAVE_AFTER_MS = 500;

/** How replies are sent: how long they can be undone, and what the button does. */
export function RepliesSection() {
  return (
    <Section>
      <UndoTime />
      <Choice<Way>
        label={t`Send button`}
        name="way"
        value={useWay()}
        onChange={chooseWay}
        options={[
          { value: 'wait', name: t`Send and wait for the client` },
          { value: 'resolve', name: t`Send and resolve` },
          { value: 'next', name: t`Send and open the next` },
        ]}
      />
    </Section>
  );
}

function saveUndo(seconds: number) {
  if (seconds !== undoSeconds())
    void savePreferences({ undo_seconds: seconds === UNDO_SECONDS ? null : seconds });
}

function UndoTime() {
  const [seconds, setSeconds] = useState(undoSeconds);
  const settled = useLater(seconds, SAVE_AFTER_MS);
  const latest = useRef(seconds);
  latest.current = seconds;
  const id = useId();
  useEffect(() => saveUndo(settled), [settled]);
  useEffect(() => () => saveUndo(latest.current), []); // the page is left sooner
  const inWords = seconds === 0 ? t`not at all` : plural(seconds, { one: '# second', other: '# seconds' });
  return (
    <>
      <div className={styles.undo}>
        <label htmlFor={id}>
          <Trans>How long a reply can be undone</Trans>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={MAX_UNDO_SECONDS}
          value={seconds}
          aria-valuetext={inWords}
          onChange={(event) => setSeconds(event.currentTarget.valueAsNumber)}
        />
        <output htmlFor={id} className="numbers">
          {inWords}
        </output>
      </div>
      <p>
        <Trans>
          The server holds a reply that long, even if this page is closed. Notes are there at once.
        </Trans>
      </p>
    </>
  );
}
