import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { Eraser, Lock } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { StaffComment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { CommentVote } from './CommentVote.tsx';
import { FileList } from './FileList.tsx';
import styles from './Message.module.css';
import { MessageActions } from './MessageActions.tsx';

interface MessageProps {
  comment: StaffComment;
  /** What can be done with it; without it nothing is offered. */
  canReply?: boolean;
  canSplit?: boolean;
  /** The address of the page names it. */
  isLinked?: boolean;
}

export const Message = memo(({ comment, isLinked, canReply, canSplit }: MessageProps) => {
  const { is_client_author, is_internal, sent_at, body, files } = comment;
  const name = comment.author_name ?? (is_client_author ? t`Client` : t`Support`);
  return (
    <MessageFrame
      id={`c${comment.id}`}
      name={name}
      side={is_client_author ? 'client' : is_internal ? 'note' : 'staff'}
      label={`${is_internal ? `${t`Internal note`}, ` : ''}${name}, ${formatDateTime(sent_at)}`}
      isLinked={isLinked}
      facts={
        <>
          <Time time={sent_at} as="time" />
          <Origin comment={comment} />
          {canReply !== undefined && (
            <MessageActions comment={comment} canReply={canReply} canSplit={canSplit === true} />
          )}
        </>
      }
    >
      {comment.redacted_at ? (
        <Redacted comment={comment} at={comment.redacted_at} />
      ) : (
        <Markdown text={body} />
      )}
      <FileList files={files} />
      {comment.redacted_files.map(({ redacted_at, redacted_by }) => (
        <p key={redacted_at} className={styles.redacted}>
          <Eraser size={14} aria-hidden /> <Trans>A file was removed by {redacted_by}</Trans>
        </p>
      ))}
      <CommentVote vote={comment.vote} />
    </MessageFrame>
  );
});

function Redacted({ comment, at }: { comment: StaffComment; at: string }) {
  const who = comment.redacted_by ?? t`Support`;
  return (
    <p className={styles.redacted} title={formatDateTime(at)}>
      <Eraser size={14} aria-hidden /> <Trans>The text was removed for good by {who}</Trans>
    </p>
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

interface MessageFrameProps {
  id?: string;
  name: string;
  side: 'client' | 'staff' | 'note';
  label: string;
  isLinked?: boolean | undefined;
  className?: string | undefined;
  /** Beside the name: a time, or what is happening to it. */
  facts: ReactNode;
  children: ReactNode;
}

/** What messages have in common, sent or not yet sent. */
export function MessageFrame({
  id,
  name,
  side,
  label,
  isLinked,
  className = '',
  facts,
  children,
}: MessageFrameProps) {
  return (
    <li
      id={id}
      className={`${styles.message} ${styles[side]} ${isLinked ? styles.linked : ''} ${className}`}
      data-comment={id?.slice(1)}
    >
      <Avatar name={name} size={32} shape={side === 'client' ? 'square' : 'circle'} />
      <article aria-label={label} tabIndex={id ? -1 : undefined}>
        <header>
          <b>{name}</b>
          {side === 'note' && (
            <span className={styles.lock}>
              <Lock size={12} aria-hidden /> <Trans>Internal note</Trans>
            </span>
          )}
          {facts}
        </header>
        {children}
      </article>
    </li>
  );
}
