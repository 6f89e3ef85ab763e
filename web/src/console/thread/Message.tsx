import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { Eraser } from 'lucide-react';
import { memo } from 'react';
import type { DelayedReply, StaffComment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import type { OutboxItem } from '#shared/outbox.ts';
import { Time } from '#shared/ui/Time.tsx';
import { authorOf } from '../author.ts';
import { useMe } from '../me.ts';
import { CommentVote } from './CommentVote.tsx';
import { DelayedState } from './DelayedState.tsx';
import styles from './Message.module.css';
import { MessageActions } from './MessageActions.tsx';
import { MessageFrame } from './MessageFrame.tsx';
import { PendingState } from './PendingState.tsx';
import { Refusal } from './Refusal.tsx';

interface MessageProps {
  /** On its way to the server, held by it, or sent: one message stays one element through all three. */
  message: OutboxItem | DelayedReply | StaffComment;
  /** What can be done with it; without it nothing is offered. */
  canReply?: boolean;
  canSplit?: boolean;
  /** The address of the page names it. */
  isLinked?: boolean;
}

export const Message = memo(({ message, isLinked, canReply, canSplit }: MessageProps) => {
  const me = useMe();
  const hasActions = canReply !== undefined;
  if ('owner' in message) {
    const isRefused = message.state === 'refused';
    return (
      <MessageFrame
        name={me.name}
        side={message.kind === 'note' ? 'note' : 'staff'}
        label={me.name}
        isSending={!isRefused}
        hasActions={hasActions}
        facts={!isRefused && <PendingState item={message} />}
        text={message.body}
        files={message.files}
      >
        {isRefused && <Refusal item={message} />}
      </MessageFrame>
    );
  }
  if ('delayed_reply_id' in message) {
    return (
      <MessageFrame
        name={message.staff_name}
        side={message.is_internal ? 'note' : 'staff'}
        label={message.staff_name}
        isSending
        hasActions={hasActions}
        facts={<DelayedState reply={message} />}
        text={message.body}
        files={message.files}
      />
    );
  }
  const { id, is_client_author, is_internal, sent_at } = message;
  const name = authorOf(message);
  return (
    <MessageFrame
      id={id}
      name={name}
      side={is_client_author ? 'client' : is_internal ? 'note' : 'staff'}
      label={`${is_internal ? `${t`Internal note`}, ` : ''}${name}, ${formatDateTime(sent_at)}`}
      isLinked={isLinked}
      hasActions={hasActions}
      facts={
        <>
          <Time time={sent_at} as="time" />
          <Origin comment={message} />
          {hasActions && (
            <MessageActions comment={message} canReply={canReply} canSplit={canSplit === true} />
          )}
        </>
      }
      text={message.redacted_at ? null : message.body}
      files={message.files}
    >
      <Removed comment={message} />
      <CommentVote vote={message.vote} />
    </MessageFrame>
  );
});

/** What was removed of it for good. */
function Removed({ comment }: { comment: StaffComment }) {
  const { redacted_at, redacted_files } = comment;
  const who = comment.redacted_by ?? t`Support`;
  return (
    <>
      {redacted_at && (
        <p className={styles.redacted} title={formatDateTime(redacted_at)}>
          <Eraser size={14} aria-hidden /> <Trans>The text was removed for good by {who}</Trans>
        </p>
      )}
      {redacted_files.map(({ redacted_at, redacted_by }) => (
        <p key={redacted_at} className={styles.redacted}>
          <Eraser size={14} aria-hidden /> <Trans>A file was removed by {redacted_by}</Trans>
        </p>
      ))}
    </>
  );
}

/** Where it went by a split, or came from by a merge. */
function Origin({ comment }: { comment: StaffComment }) {
  const { list } = useParams({ from: '/$list/$number' });
  const { splitted_to_ticket_number: to, merged_from_ticket_number: from } = comment;
  const number = to ?? from;
  if (number === null) return null;
  return (
    <Link to="/$list/$number" params={{ list, number: String(number) }} search className={styles.origin}>
      {to !== null ? t`Moved to #${number}` : t`From #${number}`}
    </Link>
  );
}
