import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Markdown } from '#shared/Markdown.tsx';
import { discard, type OutboxItem, sendAgain } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useMe } from '../layouts/SignedInOnly.tsx';
import { FileList } from './FileList.tsx';
import { MessageFrame } from './Message.tsx';
import styles from './PendingMessage.module.css';

/** A reply on its way to the server, or one that it has refused. */
export function PendingMessage({ item }: { item: OutboxItem }) {
  const { name } = useMe();
  const isRefused = item.state === 'refused';
  return (
    <div className={isRefused ? '' : styles.sending}>
      <MessageFrame
        name={name}
        side={item.kind === 'note' ? 'note' : 'staff'}
        label={name}
        facts={
          !isRefused && (
            <span className={styles.state}>
              {navigator.onLine ? (
                <Trans>sending…</Trans>
              ) : (
                <Trans>will be sent when you are back online</Trans>
              )}
            </span>
          )
        }
      >
        <Markdown text={item.body} />
        <FileList files={item.files} />
        {isRefused && (
          <div className={styles.refused} role="alert">
            <p>
              <Trans>It was not sent:</Trans> {item.problem?.detail ?? t`a file of it was not uploaded`}
            </p>
            <Button size="small" onClick={() => sendAgain(item.id)}>
              <Trans>Try again</Trans>
            </Button>
            <Button size="small" look="ghost" onClick={() => discard(item.id)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        )}
      </MessageFrame>
    </div>
  );
}
