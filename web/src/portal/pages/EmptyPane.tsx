import { Trans } from '@lingui/react/macro';
import { FileX, MessagesSquare } from 'lucide-react';
import { Link } from 'wouter';
import button from '#shared/ui/Button.module.css';
import { KeyList } from '../KeyList.tsx';
import { usePreferences } from '../preferences.ts';
import { BackLink } from './BackLink.tsx';
import styles from './EmptyPane.module.css';

/** Beside the list, until a ticket is opened. */
export function NothingOpen() {
  const { hasKeys } = usePreferences();
  return (
    <div className={`${styles.pane} ${styles.unpicked}`}>
      <MessagesSquare size={28} aria-hidden />
      <p>
        <Trans>Pick a ticket</Trans>
      </p>
      <p>
        <Trans>A ticket that you open is shown here</Trans>
      </p>
      {hasKeys && <KeyList />}
    </div>
  );
}

export function MissingTicket({ number }: { number: number }) {
  return (
    <>
      <header className={styles.header}>
        <BackLink />
        <span className="numbers">#{number}</span>
      </header>
      <div className={styles.pane}>
        <FileX size={28} aria-hidden />
        <h2>
          <Trans>This ticket is not yours or does not exist</Trans>
        </h2>
        <Link href="/" className={[button.button, button.large, styles.alone].join(' ')}>
          <Trans>Back to the list</Trans>
        </Link>
      </div>
    </>
  );
}
