import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Ticket } from '#api/generated/types.gen.ts';
import type { DraftState } from '#shared/drafts.ts';
import { AttachButton, AttachHint } from '#shared/files/AttachButton.tsx';
import { pasteInto } from '#shared/files/paste.ts';
import { UploadList } from '#shared/files/UploadList.tsx';
import type { Attachments } from '#shared/files/useAttachments.ts';
import { send } from '#shared/outbox.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { useIsNarrow } from '#shared/useIsNarrow.ts';
import { useOnline } from '#shared/useOnline.ts';
import { useHasEnded } from '../ended.ts';
import styles from './Composer.module.css';

const MAX_LENGTH = 50_000;

interface ComposerProps {
  textarea: RefObject<HTMLTextAreaElement | null>;
  ticket: Ticket;
  draft: DraftState;
  attachments: Attachments;
}

export const kindOf = ({ can }: Ticket) => (can.comment ? 'comment' : can.reopen ? 'reopen' : null);

/** Writes a comment; on a closed ticket, one that reopens it. */
export function Composer({ textarea, ticket, draft, attachments }: ComposerProps) {
  const kind = kindOf(ticket);
  const [isUsed, setUsed] = useState(false); // the hint stays then: what appears and goes with the focus moves buttons under a click
  const isOnline = useOnline();
  const hasEnded = useHasEnded();
  const isNarrow = useIsNarrow(textarea, 300);
  const isEmpty = draft.text.trim() === '';
  if (!kind) return null;

  function submit() {
    if (isEmpty || !kind) return;
    const arriving = attachments.take();
    const { text, files } = draft.clear();
    send({ ticket_number: ticket.number, kind, body: text, files, extra: {} }, arriving);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  }

  const label = kind === 'reopen' ? t`Write to reopen this ticket…` : t`Write a message…`;
  const short = kind === 'reopen' ? t`Write to reopen…` : t`Message…`;
  return (
    <form
      className={styles.composer}
      data-used={isUsed || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <UploadList attachments={attachments} />
      <div className={styles.line}>
        <AttachButton attachments={attachments} size="large" disabled={hasEnded} />
        <textarea
          ref={textarea}
          rows={1}
          maxLength={MAX_LENGTH}
          value={draft.text}
          onChange={(event) => draft.setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={() => setUsed(true)}
          onPaste={(event) => !hasEnded && pasteInto(event, attachments.add)}
          placeholder={isNarrow ? short : label}
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
      </div>
      {isOnline && !hasEnded ? (
        <AttachHint attachments={attachments} className={styles.hint} />
      ) : (
        <p className={styles.offline} role="status">
          {hasEnded ? (
            <Trans>What you write will be sent when you open support again.</Trans>
          ) : (
            <Trans>You are offline. What you write is sent when the connection is back.</Trans>
          )}
        </p>
      )}
    </form>
  );
}
