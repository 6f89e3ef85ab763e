import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { StaffTicketWithComments } from '#api/generated/types.gen.ts';
import { useDraft } from '#shared/drafts.ts';
import { send } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useKey } from '../keys/registry.ts';
import type { ReplyExtra } from '../sending.ts';
import { draftName } from '../undo-reply.ts';
import styles from './Composer.module.css';

type Mode = 'reply' | 'note';
const MAX_LENGTH = 50_000;

/** Writes a reply to the client, or a note that only the team sees: two drafts that cannot be mistaken. */
export function Composer({ ticket }: { ticket: StaffTicketWithComments }) {
  const [chosen, setMode] = useState<Mode>('reply');
  const mode = chosen === 'reply' && !ticket.can.comment && ticket.can.note ? 'note' : chosen;
  const draft = useDraft(draftName(ticket.number, mode === 'note'));
  const isEmpty = draft.text.trim() === '';
  const client = ticket.client_aliased_name ?? ticket.account.name;

  const field = useRef<HTMLTextAreaElement>(null);
  function write(mode: Mode) {
    setMode(mode);
    field.current?.focus();
  }
  useKey('reply', () => write('reply'), { enabled: ticket.can.comment });
  useKey('note', () => write('note'), { enabled: ticket.can.note });

  function submit(more: ReplyExtra = {}) {
    if (isEmpty) return;
    const { text, files } = draft.clear();
    const extra: ReplyExtra = { last_comment_id: ticket.comments.at(-1)?.id, ...more };
    send({ ticket_number: ticket.number, kind: mode, body: text, files, extra });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit(event.shiftKey && mode === 'reply' ? { status_key: 'resolved' } : {});
  }

  const isNote = mode === 'note';
  const label = isNote ? t`Write a note for the team…` : t`Reply to ${client}…`;
  return (
    <form
      className={`${styles.composer} ${isNote ? styles.note : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.modes}>
        <button
          type="button"
          aria-pressed={!isNote}
          disabled={!ticket.can.comment}
          onClick={() => setMode('reply')}
        >
          <Trans>Reply</Trans>
        </button>
        <button
          type="button"
          aria-pressed={isNote}
          disabled={!ticket.can.note}
          onClick={() => setMode('note')}
        >
          <Lock size={13} aria-hidden /> <Trans>Internal note</Trans>
        </button>
      </div>
      <textarea
        ref={field}
        rows={2}
        maxLength={MAX_LENGTH}
        value={draft.text}
        onChange={(event) => draft.setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={label}
        aria-label={label}
      />
      <div className={styles.foot}>
        <span className={styles.saved}>
          {draft.savedAt &&
            (draft.isKept ? t`Draft saved` : t`The draft is not kept: the browser has no room`)}
        </span>
        <Button type="submit" look={isNote ? 'note' : 'primary'} disabled={isEmpty}>
          {isNote ? <Trans>Add note</Trans> : <Trans>Send reply</Trans>}
        </Button>
      </div>
    </form>
  );
}
