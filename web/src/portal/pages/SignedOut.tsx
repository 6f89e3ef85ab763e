import { Trans } from '@lingui/react/macro';
import { LifeBuoy } from 'lucide-react';
import styles from './SignedOut.module.css';

/** There is no session: a client comes from the control panel, which signs in. */
export function SignedOut() {
  return (
    <main className={styles.page} data-ready>
      <LifeBuoy size={32} strokeWidth={1.6} aria-hidden />
      <h1>
        <Trans>Support</Trans>
      </h1>
      <p>
        <Trans>Open support from your control panel: it signs you in.</Trans>
      </p>
    </main>
  );
}
