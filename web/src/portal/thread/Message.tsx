import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Ban } from 'lucide-react';
import { memo } from 'react';
import type { Comment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { FileList } from '../files/FileList.tsx';
import { getSession } from '../session.ts';
import { CommentVote } from './CommentVote.tsx';
import styles from './Message.module.css';
import { RedactButton } from './RedactButton.tsx';
import { goToComment } from './useHash.ts';

interface MessageProps {
  number: number;
  comment: Comment;
  /** The address of the page names it. */
  isLinked: boolean;
}

export const Message = memo(({ number, comment, isLinked }: MessageProps) => {
  const { id, is_client_author: isOwn, sent_at, body, files, redacted_at, splitted_at, can } = comment;
  const name = isOwn ? ownName(comment.author_name) : (comment.author_name ?? t`Support`);
  return (
    <li className={isOwn ? styles.own : styles.staff} id={`c${id}`} data-linked={isLinked || undefined}>
      {!isOwn && <Avatar name={name} size={32} />}
      <article aria-label={`${name}, ${formatDateTime(sent_at)}`}>
        <header>
          <b>{name}</b>
          {!isOwn && (
            <span className={styles.role}>
              <Trans>Support</Trans>
            </span>
          )}
          <a
            href={`#c${id}`}
            onClick={(event) => {
              event.preventDefault();
              goToComment(id);
            }}
          >
            <Time time={sent_at} as="time" />
          </a>
        </header>
        {redacted_at ? <Redacted by={comment.redacted_by} at={redacted_at} /> : <Markdown text={body} />}
        <FileList files={files} />
        {!redacted_at &&
          comment.redacted_files.map((file) => (
            <RedactedFile key={file.redacted_at} by={file.redacted_by} at={file.redacted_at} />
          ))}
        {can.vote && !redacted_at && !splitted_at && <CommentVote number={number} comment={comment} />}
        {can.redact && <RedactButton number={number} comment={comment} />}
      </article>
    </li>
  );
});

/** An account may have several people, and a ticket the name of one who speaks for it. */
const ownName = (name: string | null) => (!name || name === getSession()?.user.name ? t`You` : name);

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
