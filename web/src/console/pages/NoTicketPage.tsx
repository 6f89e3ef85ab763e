import { Trans } from '@lingui/react/macro';
import styles from './NoTicketPage.module.css';

export function NoTicketPage() {
  return (
    <div id="conversation" className={styles.page}>
      <h2>
        <Trans>Pick a ticket</Trans>
      </h2>
      <p>
        <kbd>j</kbd> <kbd>k</kbd> <Trans>to move</Trans>
      </p>
    </div>
  );
}
