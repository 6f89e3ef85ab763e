import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/Button.tsx';
import { wordsOf } from '../refusals.ts';
import { Brand } from '../ui/Brand.tsx';
import styles from './SignInPage.module.css';

interface NotLoadedPageProps {
  /** Null while it is tried again. */
  error: unknown;
  onRetry(): void;
}

/** The console cannot begin: the server has not said who it is. */
export function NotLoadedPage({ error, onRetry }: NotLoadedPageProps) {
  return (
    <main className={styles.page} data-ready>
      <Brand />
      <div className={styles.box}>
        <h1>
          <Trans>Could not load the console</Trans>
        </h1>
        <p role="alert">{error ? wordsOf(error) : <Trans>Loading…</Trans>}</p>
        <Button look="primary" size="large" onClick={onRetry}>
          <Trans>Retry</Trans>
        </Button>
      </div>
    </main>
  );
}
