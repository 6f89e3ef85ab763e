import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useLiveState } from '#api/live.ts';
import { formatTime } from '#shared/format.ts';
import { checkBuild, followBuild, useHasNewBuild } from '#shared/new-build.ts';
import { Button } from '#shared/ui/Button.tsx';
import styles from './Bars.module.css';

const INDEX = '/console/index.html';

/** Above everything: that there is no connection, and that there is a newer version. */
export function Bars() {
  const { now, since } = useLiveState();
  const hasNewBuild = useHasNewBuild();
  useEffect(() => followBuild(INDEX, isSafe), []);
  useEffect(() => {
    if (now === 'live') void checkBuild(INDEX); // the server may have been updated meanwhile
  }, [now]);
  return (
    <>
      {now === 'offline' && (
        <div className={styles.bar} role="status">
          <Trans>
            Offline since {formatTime(since.toISOString())}. You can read and write; what you send goes out
            when you are back.
          </Trans>
        </div>
      )}
      {hasNewBuild && (
        <div className={`${styles.bar} ${styles.news}`} role="status">
          <Trans>A new version is ready.</Trans>
          <Button size="small" onClick={() => location.reload()}>
            <Trans>Reload</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

/** Never with a draft or an open dialog: they would survive, but the reader would lose their place. */
function isSafe() {
  if (document.querySelector('dialog[open], [role=dialog]')) return false;
  try {
    return !Object.keys(localStorage).some((key) => key.startsWith('paneldesk.draft.'));
  } catch {
    return false; // drafts live with the page
  }
}
