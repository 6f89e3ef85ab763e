import { Trans } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLiveState } from '#api/live.ts';
import { hasDrafts } from '#shared/drafts.ts';
import { formatTime } from '#shared/format.ts';
import { useHasNewBuild } from '#shared/new-build.ts';
import { useOutbox } from '#shared/outbox.ts';
import { Button } from '#shared/ui/Button.tsx';
import { useNow } from '#shared/useNow.ts';
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
      {hasEnded && <Ended />}
      {lostAt && !hasEnded && (
        <p className={styles.bar} role="status">
          <Trans>
            No connection since {formatTime(lostAt)}. What is loaded stays, and your text is kept.
          </Trans>
        </p>
      )}
      {hasNewBuild && (
        <div className={`${styles.bar} ${styles.news}`} role="status">
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

/** The panel signs in; where it is, only the client knows. */
function Ended() {
  useNow(); // a draft may be written down since
  const waiting = useOutbox();
  const isKept = hasDrafts() || waiting.length > 0;
  return (
    <p className={styles.bar} role="alert">
      {isKept ? (
        <Trans>
          Your session has ended. Open support from your control panel again: what you have written is kept.
        </Trans>
      ) : (
        <Trans>Your session has ended. Open support from your control panel again.</Trans>
      )}
    </p>
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
