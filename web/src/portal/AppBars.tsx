import { Trans } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLiveState } from '#api/live.ts';
import { formatTime } from '#shared/format.ts';
import { useHasNewBuild } from '#shared/new-build.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useOnline } from '#shared/useOnline.ts';
import styles from './AppBars.module.css';
import { useHasEnded } from './ended.ts';

/** What concerns the whole page: the session has ended, the connection is lost, there is a new version. */
export function AppBars() {
  const hasEnded = useHasEnded();
  const hasNewBuild = useHasNewBuild();
  const lostAt = useLostConnection();
  return (
    <>
      {hasEnded && (
        <p className={styles.bar} role="alert">
          <Trans>Your session has ended. Open support again from the control panel: your text is kept.</Trans>
        </p>
      )}
      {lostAt && !hasEnded && (
        <p className={styles.bar} role="status">
          <Trans>
            No connection since {formatTime(lostAt)}. What is loaded stays, and your text is kept.
          </Trans>
        </p>
      )}
      {hasNewBuild && (
        <div className={styles.bar} role="status">
          <p>
            <Trans>A new version is ready. Your text is kept.</Trans>
          </p>
          <Button icon={<RefreshCw size={14} aria-hidden />} onClick={() => location.reload()}>
            <Trans>Reload</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

/** Since when there is no connection; null while there is one, and while the first one begins. */
function useLostConnection(): string | null {
  const { now, since } = useLiveState();
  const isOnline = useOnline();
  const [wasLive, setWasLive] = useState(false);
  const [offlineAt, setOfflineAt] = useState<Date | null>(null);
  useEffect(() => {
    if (now === 'live') setWasLive(true);
  }, [now]);
  useEffect(() => setOfflineAt(isOnline ? null : new Date()), [isOnline]);
  if (offlineAt) return offlineAt.toISOString();
  return wasLive && now !== 'live' ? since.toISOString() : null;
}
