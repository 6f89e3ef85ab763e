import { Trans } from '@lingui/react/macro';
import { useLiveState } from '#api/live.ts';
import { formatTime } from '#shared/format.ts';
import styles from './LiveState.module.css';

/** Whether the page is up to date. There is no button to reload: it is not needed. */
export function LiveState() {
  const { now, since } = useLiveState();
  return (
    <small className={`${styles.state} ${styles[now]}`} role="status">
      {now === 'live' && <Trans>Live</Trans>}
      {now === 'reconnecting' && <Trans>Reconnecting…</Trans>}
      {now === 'offline' && <Trans>Offline since {formatTime(since.toISOString())}</Trans>}
    </small>
  );
}
