import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Comment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { FileList } from '../files/FileList.tsx';
import styles from './Message.module.css';

export function Message({ comment }: { comment: Comment }) {
  const { is_client_author: isOwn, sent_at, body, files } = comment;
  const name = comment.author_name ?? t`Support`;
  return (
    <li className={isOwn ? styles.own : styles.staff} id={`c${comment.id}`}>
      {!isOwn && <Avatar name={name} size={32} />}
      <article aria-label={`${isOwn ? t`You` : name}, ${formatDateTime(sent_at)}`}>
        <header>
          <b>{isOwn ? t`You` : name}</b>
          {!isOwn && (
            <span className={styles.role}>
              <Trans>Support</Trans>
            </span>
          )}
          <Time time={sent_at} as="time" />
        </header>
        <Markdown text={body} />
        <FileList files={files} />
      </article>
    </li>
  );
}
