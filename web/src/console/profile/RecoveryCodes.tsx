import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Copy, Download } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { saveBlob } from '#shared/saveBlob.ts';
import { Button } from '#shared/ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { sayDone, sayFailed } from '../ui/toasts.ts';
import styles from './SecondFactorSection.module.css';

interface RecoveryCodesProps {
  codes: string[];
  onStored(): void;
}

/** They are shown this once. */
export function RecoveryCodes({ codes, onStored }: RecoveryCodesProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.focus(), []);
  const text = codes.join('\n');

  async function copy() {
    await navigator.clipboard.writeText(text).then(
      () => sayDone(t`The codes are copied`),
      () => sayFailed(t`The browser does not let this page copy`),
    );
  }

  return (
    <Section title={t`Recovery codes`}>
      <p>
        <Trans>
          The second factor is on. Without your phone, each of these codes lets you in once. They are not
          shown again: store them now.
        </Trans>
      </p>
      <ul ref={list} className={styles.codes} tabIndex={-1} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button icon={<Copy size={15} aria-hidden />} onClick={() => void copy()}>
          <Trans>Copy</Trans>
        </Button>
        <Button
          icon={<Download size={15} aria-hidden />}
          onClick={() => saveBlob(new Blob([`${text}\n`], { type: 'text/plain' }), 'recovery-codes.txt')}
        >
          <Trans>Download</Trans>
        </Button>
        <Button look="primary" onClick={onStored}>
          <Trans>I have stored them</Trans>
        </Button>
      </div>
    </Section>
  );
}
