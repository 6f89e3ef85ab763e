import { t } from '@lingui/core/macro';
import { Eraser, Link2, Quote, Split } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import type { StaffComment } from '#api/generated/types.gen.ts';
import { IconButton } from '#shared/ui/Button.tsx';
import { copyLink } from '../actions/copy-link.ts';
import { useKeyTitles } from '../keys/names.ts';
import { openDialog } from './dialogs.ts';
import styles from './Message.module.css';
import { quote, selectedText } from './quote.ts';

interface MessageActionsProps {
  comment: StaffComment;
  canReply: boolean;
  canSplit: boolean;
}

/** Seen while the message has the pointer or the focus; always where one touches. */
export const MessageActions = memo(({ comment, canReply, canSplit }: MessageActionsProps) => {
  const { id, ticket_number: number, body, can, redacted_at, splitted_to_ticket_number } = comment;
  const titleOf = useKeyTitles();
  const isTime = useDeferredValue(true, false); // after the messages: nobody has the pointer on one of them yet
  if (!isTime) return null;
  return (
    <span className={styles.actions}>
      {!redacted_at && (
        <IconButton
          size="small"
          label={t`Quote`}
          title={titleOf(t`Quote`, 'quote')}
          icon={<Quote size={14} aria-hidden />}
          onMouseDown={(event) => event.preventDefault()} // the selection stays
          onClick={() => quote(number, selectedText() ?? body, canReply)}
        />
      )}
      {canSplit && splitted_to_ticket_number === null && (
        <IconButton
          size="small"
          label={t`Split from here`}
          title={titleOf(t`Split from here`, 'split')}
          icon={<Split size={14} aria-hidden />}
          onClick={() => openDialog({ kind: 'split', from: id })}
        />
      )}
      <IconButton
        size="small"
        label={t`Copy link`}
        icon={<Link2 size={14} aria-hidden />}
        onClick={() => void copyLink(number, id)}
      />
      {can.redact && (
        <IconButton
          size="small"
          label={t`Remove the text…`}
          icon={<Eraser size={14} aria-hidden />}
          onClick={() => openDialog({ kind: 'redact', comment: id })}
        />
      )}
    </span>
  );
});
