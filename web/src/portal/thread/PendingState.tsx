import { plural, t } from '@lingui/core/macro';
import type { OutboxItem } from '#shared/outbox.ts';
import { useOnline } from '#shared/useOnline.ts';
import { useSecondsUntil } from '#shared/useSecondsUntil.ts';
import { useHasEnded } from '../ended.ts';
import styles from './Message.module.css';

/** What is happening to a message on its way to the server. */
export function PendingState({ item }: { item: OutboxItem }) {
  const isOnline = useOnline();
  const hasEnded = useHasEnded();
  const seconds = useSecondsUntil(item.retry_at);
  return <span className={styles.state}>{inWords()}</span>;

  function inWords() {
    if (hasEnded) return t`will be sent when you open support again`;
    if (!isOnline) return t`will be sent when you are back online`;
    if (item.state === 'uploading') return t`uploading files…`;
    return seconds > 0
      ? plural(seconds, { one: 'will be sent in # second', other: 'will be sent in # seconds' })
      : t`sending…`;
  }
}
