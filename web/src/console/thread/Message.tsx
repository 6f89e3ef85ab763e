import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { StaffComment } from '#api/generated/types.gen.ts';
import { formatDateTime } from '#shared/format.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Time } from '#shared/ui/Time.tsx';
import { FileList } from './FileList.tsx';
import styles from './Message.module.css';

export const Message = memo(({ comment }: { comment: StaffComment }) => {
  const { is_client_author, is_internal, sent_at, body, files } = comment;
  const name = comment.author_name ?? (is_client_author ? t`Client` : t`Support`);
  return (
    <MessageFrame
      id={`c${comment.id}`}
      name={name}
      side={is_client_author ? 'client' : is_internal ? 'note' : 'staff'}
      label={`${is_internal ? `${t`Internal note`}, ` : ''}${name}, ${formatDateTime(sent_at)}`}
      facts={<Time time={sent_at} as="time" />}
    >
      <Markdown text={body} />
      <FileList files={files} />
    </MessageFrame>
  );
});

interface MessageFrameProps {
  id?: string;
  name: string;
  side: 'client' | 'staff' | 'note';
  label: string;
  /** Beside the name: a time, or what is happening to it. */
  facts: ReactNode;
  children: ReactNode;
}

/** What messages have in common, sent or not yet sent. */
export function MessageFrame({ id, name, side, label, facts, children }: MessageFrameProps) {
  return (
    <li id={id} className={`${styles.message} ${styles[side]}`}>
      <Avatar name={name} size={32} shape={side === 'client' ? 'square' : 'circle'} />
      <article aria-label={label}>
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
