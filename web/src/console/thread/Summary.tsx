import { t } from '@lingui/core/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { rename } from '../actions/change.ts';
import styles from './TicketHeader.module.css';

const MAX_LENGTH = 255;

/** The summary, which becomes a field when it is pressed: Enter saves it, Esc leaves it as it was. */
export function Summary({ ticket }: { ticket: Pick<StaffTicket, 'number' | 'summary'> }) {
  const [text, setText] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const isEditing = text !== null;
  useEffect(() => {
    if (!isEditing && wasEditing.current) button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  function save() {
    const summary = text?.trim();
    setText(null);
    if (summary && summary !== ticket.summary) void rename(ticket, summary);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') save();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation(); // Esc is a key of the list, too
    setText(null);
  }

  if (isEditing) {
    return (
      <input
        className={styles.edit}
        aria-label={t`Summary`}
        value={text}
        maxLength={MAX_LENGTH}
        // biome-ignore lint/a11y/noAutofocus: the button that had the focus has become this field
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={save}
      />
    );
  }
  return (
    <h2>
      <button
        ref={button}
        type="button"
        className={styles.summary}
        title={t`Press to change the summary`}
        onClick={() => setText(ticket.summary)}
      >
        {ticket.summary}
      </button>
    </h2>
  );
}
