import { Trans } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import styles from '../pages/TicketPage.module.css';

/** It never existed, or it is no longer there for this member. */
export function MissingTicket() {
  const { list } = useParams({ from: '/$list/$number' });
  return (
    <div id="conversation" className={styles.missing} tabIndex={-1}>
      <h2>
        <Trans>This ticket does not exist</Trans>
      </h2>
      <p>
        <Trans>Its number may be wrong, or the ticket was removed.</Trans>
      </p>
      <Link to="/$list" params={{ list }} search>
        <Trans>Back to the list</Trans>
      </Link>
    </div>
  );
}
