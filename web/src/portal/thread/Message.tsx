import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Ban } from 'lucide-react';
import { memo } from 'react';
import type { Comment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import type { OutboxItem } from '#shared/outbox.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { FileList } from '../files/FileList.tsx';
import { getSession } from '../session.ts';
import { CommentVote } from './CommentVote.tsx';
import styles from './Message.module.css';
import { PendingState } from './PendingState.tsx';
import { RedactButton } from './RedactButton.tsx';
import { Refusal } from './Refusal.tsx';
import { goToComment } from './useHash.ts';

interface MessageProps {
  number: number;
  /** On its way to the server, or a comment: one message stays one element through both. */
  message: OutboxItem | Comment;
  /** The name under which the reader writes in this ticket, if they have chosen one. */
  alias: string | null;
  /** The address of the page names it. */
  isLinked: boolean;
}

export const Message = memo(({ number, message, alias, isLinked }: MessageProps) => {
  const comment = 'owner' in message ? null : message;
  const item = 'owner' in message ? message : null;
  const isOwn = !comment || comment.is_client_author;
  const author = comment ? comment.author_name : alias;
  const name = isOwn ? ownName(author) : (author ?? t`Support`);
  const isSending = item !== null && item.state !== 'refused';
  const isRemoved = Boolean(comment?.redacted_at);
  return (
    <li
      className={`${isOwn ? styles.own : styles.staff} ${isSending ? styles.sending : ''}`}
      id={comment ? `c${comment.id}` : undefined}
      data-linked={isLinked || undefined}
    >
      {!isOwn && <Avatar name={name} size={32} />}
      <article aria-label={comment ? `${name}, ${formatDateTime(comment.sent_at)}` : name}>
        <header>
          <b title={name}>{name}</b>
          {!isOwn && (
            <span className={styles.role}>
              <Trans>Support</Trans>
            </span>
          )}
          {comment && (
            <span className={styles.end}>
              {comment.can.redact && <RedactButton number={number} comment={comment} />}
              <TimeLink comment={comment} />
            </span>
          )}
          {isSending && <PendingState item={item} />}
        </header>
        {!isRemoved && <Markdown text={message.body} />}
        <FileList files={message.files} />
        {comment && <Below number={number} comment={comment} />}
        {item?.state === 'refused' && <Refusal item={item} />}
      </article>
    </li>
  );
});

function TimeLink({ comment: { id, sent_at } }: { comment: Comment }) {
  return (
    <a
      href={`#c${id}`}
      onClick={(event) => {
        event.preventDefault();
        goToComment(id);
      }}
    >
      <Time time={sent_at} as="time" />
    </a>
  );
}

/** What was removed of it for good, and what its reader can do with it. */
function Below({ number, comment }: { number: number; comment: Comment }) {
  const { redacted_at, redacted_files, splitted_at, can } = comment;
  return (
    <>
      {redacted_at && <Redacted by={comment.redacted_by} at={redacted_at} />}
      {!redacted_at &&
        redacted_files.map((file) => (
          <RedactedFile key={file.redacted_at} by={file.redacted_by} at={file.redacted_at} />
        ))}
      {can.vote && !redacted_at && !splitted_at && <CommentVote number={number} comment={comment} />}
    </>
  );
}

/** The reader is “you”, and so is the account itself; another person of it, or the one who speaks for it, has a name. */
function ownName(name: string | null) {
  const { user, account } = getSession() ?? {};
  return !name || name === user?.name || name === account?.name ? t`You` : name;
}

interface RedactedProps {
  by: string | null;
  at: string;
}

const Redacted = ({ by, at }: RedactedProps) => {
  const time = formatDateTime(at);
  return (
    <p className={styles.redacted}>
      <Ban size={15} aria-hidden />
      {by ? t`Removed for good: ${by}, ${time}` : t`Removed for good, ${time}`}
    </p>
  );
};

const RedactedFile = ({ by, at }: { by: string; at: string }) => {
  const time = formatDateTime(at);
  return (
    <p className={styles.redacted}>
      <Ban size={15} aria-hidden />
      {t`A file was removed for good: ${by}, ${time}`}
    </p>
  );
};
