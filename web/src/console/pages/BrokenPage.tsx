import { Trans } from '@lingui/react/macro';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiError } from '#api/errors.ts';
import { Button } from '#shared/ui/Button.tsx';
import { wordsOf } from '../refusals.ts';
import styles from './TicketPage.module.css';

/** A part of the page has failed: drafts and what waits to be sent live on. */
export function BrokenPage({ error }: ErrorComponentProps) {
  return (
    <div id="conversation" className={styles.missing} role="alert">
      <h2>
        <Trans>This page has failed</Trans>
      </h2>
      <p>
        <Trans>Your drafts are kept.</Trans>
      </p>
      {error instanceof ApiError ? <p>{wordsOf(error)}</p> : <code>{String(error)}</code>}
      <Button onClick={() => location.reload()}>
        <Trans>Reload</Trans>
      </Button>
    </div>
  );
}
