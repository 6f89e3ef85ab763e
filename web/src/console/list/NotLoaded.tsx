import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/Button.tsx';
import styles from './EmptyList.module.css';

/** A list of which nothing is known: the server did not respond. */
export const NotLoaded = ({ onRetry }: { onRetry(): void }) => (
  <div className={styles.empty} role="alert">
    <p>
      <Trans>The tickets could not be loaded.</Trans>
    </p>
    <Button onClick={onRetry}>
      <Trans>Retry</Trans>
    </Button>
  </div>
);
