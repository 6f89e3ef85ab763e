import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Markdown } from '#shared/Markdown.tsx';
import { discard, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { FileList } from '../files/FileList.tsx';
import message from './Message.module.css';
import styles from './PendingMessage.module.css';

/** A message on its way, or one that the server has refused. */
export function PendingMessage({ item }: { item: OutboxItem }) {
  const isRefused = item.state === 'refused';
  return (
    <li className={`${message.own} ${isRefused ? '' : styles.sending}`}>
      <article aria-label={t`You`}>
        <header>
          <b>{t`You`}</b>
          {!isRefused && (
            <span className={styles.state}>
              {navigator.onLine ? (
                <Trans>sending…</Trans>
              ) : (
                <Trans>will be sent when you are back online</Trans>
              )}
            </span>
          )}
        </header>
        <Markdown text={item.body} />
        <FileList files={item.files} />
        {isRefused && (
          <div className={styles.refused} role="alert">
            <p>
              <Trans>It was not sent:</Trans> {item.problem?.detail}
            </p>
            <Button size="small" onClick={() => sendAgain(item.id)}>
              <Trans>Try again</Trans>
            </Button>
            <Button size="small" look="ghost" onClick={() => discard(item.id)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        )}
      </article>
    </li>
  );
}
