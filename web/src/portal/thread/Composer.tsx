import { t } from '@lingui/core/macro';
import { SendHorizontal } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Ticket } from '#api/generated/types.gen.ts';
import { useDraft } from '#shared/drafts.ts';
import { send } from '#shared/outbox.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import styles from './Composer.module.css';

const MAX_LENGTH = 50_000;

/** Writes a comment; on a closed ticket, one that reopens it. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const draft = useDraft(`ticket.${ticket.number}`);
  const kind = ticket.can.comment ? 'comment' : ticket.can.reopen ? 'reopen' : null;
  const isEmpty = draft.text.trim() === '';
  if (!kind) return null;

  function submit() {
    if (isEmpty || !kind) return;
    const { text, files } = draft.clear();
    send({ ticket_number: ticket.number, kind, body: text, files, extra: {} });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  const label = kind === 'reopen' ? t`Write to reopen this ticket…` : t`Write a message…`;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        rows={1}
        maxLength={MAX_LENGTH}
        value={draft.text}
        onChange={(event) => draft.setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={label}
        aria-label={label}
      />
      <IconButton
        type="submit"
        look="primary"
        size="large"
        label={t`Send`}
        disabled={isEmpty}
        icon={<SendHorizontal size={18} aria-hidden />}
      />
    </form>
  );
}
