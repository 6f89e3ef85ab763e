import { Trans } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { UploadedFile } from '#api/generated/types.gen.ts';
import { Markdown } from '#shared/Markdown.tsx';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { FileList } from './FileList.tsx';
import styles from './Message.module.css';

interface MessageFrameProps {
  /** Its comment; there is none before it is sent. */
  id?: number;
  name: string;
  side: 'client' | 'staff' | 'note';
  label: string;
  isLinked?: boolean | undefined;
  isSending?: boolean;
  /** It can be quoted and the like, now or once it is sent. */
  hasActions?: boolean;
  /** Beside the name: a time, or what is happening to it. */
  facts: ReactNode;
  /** Null when it was removed. */
  text: string | null;
  files: UploadedFile[];
  /** Below the text and the files. */
  children?: ReactNode;
}

/** What messages have in common, sent or not yet sent. */
export function MessageFrame(props: MessageFrameProps) {
  const { id, name, side, label, isLinked, isSending, hasActions, facts, text, files, children } = props;
  const classes = [
    styles.message,
    styles[side],
    isLinked && styles.linked,
    isSending && styles.sending,
    hasActions && styles.acted,
  ];
  return (
    <li
      id={id === undefined ? undefined : `c${id}`}
      className={classes.filter(Boolean).join(' ')}
      data-comment={id}
    >
      <Avatar name={name} size={32} shape={side === 'client' ? 'square' : 'circle'} />
      <article aria-label={label} tabIndex={id === undefined ? undefined : -1}>
        <header>
          <b>{name}</b>
          {side === 'note' && (
            <span className={styles.lock}>
              <Lock size={12} aria-hidden /> <Trans>Internal note</Trans>
            </span>
          )}
          {facts}
        </header>
        {text !== null && <Markdown text={text} />}
        <FileList files={files} />
        {children}
      </article>
    </li>
  );
}
